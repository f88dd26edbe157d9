/** Servers that many run, each set up as its makers show it, to see what it really does with bytes. */
@NullMarked
package iopath.servers;

import org.jspecify.annotations.NullMarked;
