/** What JDK Mission Control makes of the bundle, without its user interface. */
@NullMarked
package iopath.jmc;

import org.jspecify.annotations.NullMarked;
