/**
 * Recordings, whole or damaged, to events.
 *
 * <p>The only package that knows {@code jdk.jfr.consumer}. That parser spins for ever on a chunk whose size field is
 * 0, throws eleven kinds of unchecked exception on damaged input and loses events beside a cut chunk. So a file is
 * first split into chunks, each chunk's structure is walked and where needed repaired, and each is parsed by itself.
 */
@NullMarked
package iopath.analyzer.read;

import org.jspecify.annotations.NullMarked;
