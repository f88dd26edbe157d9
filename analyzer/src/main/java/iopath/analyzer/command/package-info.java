/** The commands: what the user types to what the other packages do. */
@NullMarked
package iopath.analyzer.command;

import org.jspecify.annotations.NullMarked;
