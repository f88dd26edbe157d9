package iopath.analyzer.read;

import java.io.EOFException;
import java.io.IOException;

/** Steps from event to event by their sizes. */
final class EventWalk {
    private final Bytes bytes;
    private final long limit;
    private long position;
    private long size;
    private long type;

    /** Walks from a first event up to a limit, both offsets in the file. */
    EventWalk(Bytes bytes, long first, long limit) {
        this.bytes = bytes;
        this.limit = limit;
        this.position = first;
    }

    /** Steps over the current event, if there is one, to the next; false if no whole event follows. */
    boolean next() throws IOException {
        position += size;
        size = 0;
        if (position >= limit) {
            return false;
        }
        bytes.seek(position);
        try {
            long length = bytes.nextLong();
            type = bytes.nextLong();
            boolean whole =
                    length >= bytes.position() - position && length <= limit - position && length <= Integer.MAX_VALUE;
            size = whole ? length : 0;
            return whole;
        } catch (EOFException cut) {
            return false;
        }
    }

    /** Where the current event is, or where the walk ended. */
    long position() {
        return position;
    }

    /** Bytes of the current event; 0 if there is none. */
    long size() {
        return size;
    }

    /** The type of the current event. */
    long type() {
        return type;
    }

    /** Whether the current event can as well be the first bytes of a header: {@code F} as a size, {@code L} a type. */
    boolean looksLikeHeader() {
        return size == 'F' && type == 'L';
    }
}
