package iopath.analyzer.read;

import java.nio.file.Path;

/**
 * The place of one chunk in a file.
 *
 * @param end where the next one begins, or the file ends
 * @param whole whether the header says so too
 */
record Chunk(Path file, int number, ChunkHeader header, long begin, long end, boolean whole) {

    /** Whether the chunk is all of its file. */
    boolean fills(long fileLength) {
        return begin == 0 && end == fileLength;
    }
}
