package iopath.analyzer.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one file, found without trust in its size fields.
 *
 * @param strayBytes bytes that belong to no chunk
 */
record ChunkIndex(List<Chunk> chunks, long strayBytes) {

    /** How far the next header is looked for; a chunk has 12 MB by default, and zeros may go on for terabytes. */
    static final long SEARCHED = 256L << 20;

    /** Finds them. */
    static ChunkIndex of(Path file, Bytes bytes) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        long stray = 0;
        long position = 0;
        while (position < bytes.length()) {
            ChunkHeader header = header(bytes, position);
            if (header == null) {
                long next = nextHeader(bytes, position + 1, null);
                stray += next - position;
                position = next;
                continue;
            }
            boolean sized = endsWhereItSays(bytes, position, header.size());
            long end = sized ? position + header.size() : nextHeader(bytes, walkedEnd(bytes, position), header);
            chunks.add(new Chunk(file, chunks.size() + 1, header, position, end, sized && header.state() == 0));
            position = end;
        }
        return new ChunkIndex(List.copyOf(chunks), stray);
    }

    /** A killed JVM's chunk says where its last flush ended; events follow, so that only a header or the end counts. */
    private static boolean endsWhereItSays(Bytes bytes, long begin, long size) throws IOException {
        if (size < ChunkHeader.LENGTH || size > bytes.length() - begin) {
            return false;
        }
        long end = begin + size;
        return end == bytes.length() || header(bytes, end) != null;
    }

    /** How far the events go: within them, copies of the header that the JVM makes at each flush are no headers. */
    private static long walkedEnd(Bytes bytes, long begin) throws IOException {
        EventWalk walk = new EventWalk(bytes, begin + ChunkHeader.LENGTH, bytes.length());
        while (walk.next() && !(walk.looksLikeHeader() && header(bytes, walk.position()) != null)) {
            continue;
        }
        return walk.position();
    }

    private static @Nullable ChunkHeader header(Bytes bytes, long position) throws IOException {
        return ChunkHeader.parse(bytes.at(position, ChunkHeader.LENGTH));
    }

    /** The next header that is no copy of {@code current}; the end of the file if none is near. */
    private static long nextHeader(Bytes bytes, long from, @Nullable ChunkHeader current) throws IOException {
        ByteBuffer window;
        long until = Math.min(bytes.length(), from + SEARCHED);
        for (long start = from; start < until; start += window.limit() - 3) {
            window = bytes.at(start, 1 << 16);
            for (int i = 0; i + 3 < window.limit(); i++) {
                if (window.get(i) == 'F' && window.getInt(i) == ChunkHeader.MAGIC) {
                    ChunkHeader header = header(bytes, start + i);
                    if (header != null && (current == null || !header.identity().equals(current.identity()))) {
                        return start + i;
                    }
                }
            }
            if (window.limit() < 4 || start + window.limit() >= bytes.length()) {
                break;
            }
        }
        return bytes.length();
    }
}
