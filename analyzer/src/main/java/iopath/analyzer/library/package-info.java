/** The libraries whose code a reader cannot change, and what can be done instead. */
@NullMarked
package iopath.analyzer.library;

import org.jspecify.annotations.NullMarked;
