/** The packages, as those use them who have no source tree. */
@NullMarked
package iopath.dist;

import org.jspecify.annotations.NullMarked;
