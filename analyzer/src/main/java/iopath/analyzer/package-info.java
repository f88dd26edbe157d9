/** The command line: reads recordings, sums them up, prints what they say. */
@NullMarked
package iopath.analyzer;

import org.jspecify.annotations.NullMarked;
