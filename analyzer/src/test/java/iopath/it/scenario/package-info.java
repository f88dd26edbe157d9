/** Small programs that each move bytes in one way, with what a report must say of them beside the code. */
@NullMarked
package iopath.it.scenario;

import org.jspecify.annotations.NullMarked;
