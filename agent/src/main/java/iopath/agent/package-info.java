/** The agent: starts in a JVM, wires the stages together. */
@NullMarked
package iopath.agent;

import org.jspecify.annotations.NullMarked;
