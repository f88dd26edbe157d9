/** Assertions on the paths of bytes, for tests of one's own code. */
@NullMarked
package iopath.junit;

import org.jspecify.annotations.NullMarked;
