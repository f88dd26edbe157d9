/** The only code that woven methods call. Lives in the boot class loader; java.base only. */
@NullMarked
package iopath.agent.probe;

import org.jspecify.annotations.NullMarked;
