/** Tests of the packaged agent in JVMs of their own, against what a system call tracer saw. */
@NullMarked
package iopath.it;

import org.jspecify.annotations.NullMarked;
