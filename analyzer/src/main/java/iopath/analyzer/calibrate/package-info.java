/** Measures what a byte costs on this host, and keeps that in a file: from channels to a calibration. */
@NullMarked
package iopath.analyzer.calibrate;

import org.jspecify.annotations.NullMarked;
