/** Amounts in words, for sentences and tables alike. */
@NullMarked
package iopath.analyzer.text;

import org.jspecify.annotations.NullMarked;
