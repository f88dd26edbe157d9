/** Pure rules: from what was observed to path, reason and evidence. */
@NullMarked
package iopath.agent.classify;

import org.jspecify.annotations.NullMarked;
