/** Events: the only package that imports jdk.jfr. */
@NullMarked
package iopath.agent.emit;

import org.jspecify.annotations.NullMarked;
