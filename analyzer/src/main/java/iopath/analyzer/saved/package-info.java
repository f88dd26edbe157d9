/** Reports in JSON, read back. */
@NullMarked
package iopath.analyzer.saved;

import org.jspecify.annotations.NullMarked;
