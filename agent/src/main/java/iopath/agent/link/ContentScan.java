package iopath.agent.link;

import org.jspecify.annotations.Nullable;

/**
 * One thread's look at the chunks of a read or a write: scratch space, reused.
 *
 * <p>A write carries what a read brought where chunk follows chunk as in that read, for {@link #LEAST} bytes or for all
 * of the write. A chunk too uniform to tell can go on with such a run, but not begin one. What the application writes
 * itself is noted too: it may come back by a read, and be written once more from where it was made.
 *
 * <p>It knows the tables only while it looks: a thread keeps its scratch space for longer than an agent keeps those.
 */
public final class ContentScan implements Chunks.Visitor {

    /** Bytes in a row that must agree, so that a phrase that two texts share proves nothing. */
    private static final int LEAST = 1024;

    /** A whole write is enough if it has as many bytes. */
    private static final int LEAST_WHOLE = 256;

    /** Chunks without a say that may lie between two that agree. */
    private static final int GAP = 16;

    private static final ContentTable NO_TABLE = new ContentTable(1);
    private static final LinkTable NO_LINKS = new LinkTable(1);

    private ContentTable table = NO_TABLE;
    private LinkTable links = NO_LINKS;
    private final Portions credited = new Portions();
    private final ContentTable.Found entry = new ContentTable.Found();

    private @Nullable Portions portions;
    private int number;
    private long first;
    private long last;
    private long write;
    private boolean own;

    // Chunks in a row that nothing known has brought. The outer ones may lie across the border of two reads.
    private int strange;
    private long strangeBytes;
    private long strangeFirst;
    private long strangeLast;
    private long other;

    // The read that is noted, or the one whose chunks the write agrees with.
    private int source;
    private int kind;
    private long read;

    // The run in progress.
    private boolean running;
    private int lastNumber;
    private int lastChunk;
    private long runBytes;
    private long runFresh;
    private long runReads;
    private long runFrom;
    private long runTo;

    void note(
            ContentTable known,
            Chunks chunks,
            Object memory,
            long base,
            long from,
            long to,
            int sourceRow,
            int bufferKind,
            long readNumber) {
        portions = null;
        own = false;
        number = 0;
        source = sourceRow;
        kind = bufferKind;
        read = readNumber;
        cut(known, chunks, memory, base, from, to);
    }

    void noteOwn(ContentTable known, Chunks chunks, Object memory, long base, long from, long to, long writeNumber) {
        portions = null;
        own = true;
        write = writeNumber;
        number = 0;
        cut(known, chunks, memory, base, from, to);
    }

    private void cut(ContentTable known, Chunks chunks, Object memory, long base, long from, long to) {
        table = known;
        try {
            chunks.cut(memory, base, from, to, this);
        } finally {
            table = NO_TABLE;
        }
    }

    void look(
            ContentTable known,
            LinkTable linked,
            Chunks chunks,
            Object memory,
            long base,
            long from,
            long to,
            Portions found,
            long writeNumber) {
        portions = found;
        write = writeNumber;
        number = 0;
        first = from;
        last = to;
        other = 0;
        strange = 0;
        running = false;
        links = linked;
        try {
            cut(known, chunks, memory, base, from, to);
            end(found);
            endStrange();
        } finally {
            links = NO_LINKS;
            portions = null;
        }
    }

    /** Bytes of the last look that no read brought which is remembered; of the rest nothing can be said. */
    public long other() {
        return other;
    }

    @Override
    public void chunk(long start, long end, long hash, boolean telling) {
        Portions found = portions;
        if (found != null) {
            compare(found, start, end, hash, telling);
        } else if (!own) {
            table.put(hash, source, kind, read, number, start, entry);
        } else if (telling && !table.find(hash, entry)) {
            table.putOwn(hash, write, number, entry);
        }
        number++;
    }

    private void compare(Portions found, long start, long end, long hash, boolean telling) {
        boolean remembered = table.find(hash, entry);
        int chunk = ContentTable.chunk(entry.place());
        boolean known = remembered && ContentTable.source(entry.place()) != 0;
        if (known && running && follows(entry.place(), chunk)) {
            extend(chunk, start, end);
        } else if (telling) {
            end(found);
            if (known) {
                endStrange();
                begin(entry.place());
                extend(chunk, start, end);
            } else if (!remembered) {
                table.putOwn(hash, write, number, entry);
                strange(end - start);
            } else if (ContentTable.isOwn(entry.place())) {
                strange(end - start);
            }
        }
    }

    private void strange(long bytes) {
        if (strange++ == 0) {
            strangeFirst = bytes;
            strangeBytes = 0;
        }
        strangeBytes += bytes;
        strangeLast = bytes;
    }

    private void endStrange() {
        if (strange > 2) {
            other += strangeBytes - strangeFirst - strangeLast;
        }
        strange = 0;
    }

    private void begin(long place) {
        running = true;
        source = ContentTable.source(place);
        kind = ContentTable.kind(place);
        read = ContentTable.read(place);
        runBytes = 0;
        runFresh = 0;
        runReads = 0;
        runFrom = entry.address();
    }

    private void extend(int chunk, long start, long end) {
        runBytes += end - start;
        if (table.pass(entry)) {
            runFresh += end - start;
            // A read goes along with its first bytes.
            runReads += chunk == 0 ? 1 : 0;
        }
        runTo = entry.address() + end - start;
        lastNumber = number;
        lastChunk = chunk;
    }

    private boolean follows(long place, int chunk) {
        return ContentTable.read(place) == read && chunk - lastChunk == number - lastNumber && chunk - lastChunk <= GAP;
    }

    private void end(Portions found) {
        if (running && (runBytes >= LEAST || runBytes == last - first && runBytes >= LEAST_WHOLE)) {
            credited.clear();
            long gone = links.credit(runFrom, runTo, source, read, credited);
            long reads = gone == runTo - runFrom ? runReads : 0;
            found.content(source, kind, runBytes, Math.min(gone, runFresh), reads, credited);
        }
        running = false;
    }
}
