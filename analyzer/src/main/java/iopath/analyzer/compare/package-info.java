/** Pure comparison: what a second profile shows that a first one does not. */
@NullMarked
package iopath.analyzer.compare;

import org.jspecify.annotations.NullMarked;
