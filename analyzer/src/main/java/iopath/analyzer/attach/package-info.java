/** Finds a running JVM, loads the agent into it, and takes it out again. */
@NullMarked
package iopath.analyzer.attach;

import org.jspecify.annotations.NullMarked;
