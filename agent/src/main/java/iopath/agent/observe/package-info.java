/** An operation begins, ends, and is handed on to linking and counting. */
@NullMarked
package iopath.agent.observe;

import org.jspecify.annotations.NullMarked;
