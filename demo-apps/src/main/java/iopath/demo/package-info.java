/** Small programs that each move bytes in one way, so that a profile of them shows one thing. */
@NullMarked
package iopath.demo;

import org.jspecify.annotations.NullMarked;
