package iopath.agent.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is known of bytes that no hook follows: where they were last seen.
 *
 * <p>A row is made at the first of its kind; after that nothing is allocated. Thread-safe without locks. Rows past the
 * bound are counted under one name.
 */
public final class Unseen {

    /** Stands for all names past the bound. */
    public static final String OTHER = "(other)";

    private static final int ROWS = 256;

    private final AtomicReferenceArray<@Nullable Count> counts = new AtomicReferenceArray<>(ROWS);
    private final Count[] others =
            Arrays.stream(Kind.values()).map(kind -> new Count(kind, OTHER)).toArray(Count[]::new);

    /** Where the bytes were last seen. */
    public enum Kind {
        /** A transferTo handed them to a channel that is not the JDK's; the name is its class. */
        HANDED("handed"),
        /** A transferFrom took them from such a channel. */
        TAKEN("taken"),
        /** They are mapped, so that they come and go without a call; the name is the file. */
        MAPPED("mapped");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name in events. */
        public String text() {
            return text;
        }
    }

    /**
     * What came of one name since the last drain.
     *
     * @param bytes the sum; of a mapped file the largest mapping
     * @param followed bytes that hooks saw on the other side of the channel in the same calls
     */
    public record Row(Kind kind, String name, long bytes, long followed) {}

    /** Counts bytes that went through a channel. */
    public void passed(boolean handed, String channel, long bytes, long followed) {
        Count count = count(handed ? Kind.HANDED : Kind.TAKEN, channel);
        count.addAndGet(bytes);
        count.followed.addAndGet(followed);
    }

    /** Notes a mapping of {@code bytes} of a file. */
    public void mapped(String file, long bytes) {
        count(Kind.MAPPED, file).accumulateAndGet(bytes, Math::max);
    }

    private Count count(Kind kind, String name) {
        int start = (31 * kind.ordinal() + name.hashCode()) * 0x9E3779B9 >>> 24;
        for (int i = 0; i < ROWS; i++) {
            int at = (start + i) % ROWS;
            Count count = counts.get(at);
            if (count == null) {
                counts.compareAndSet(at, null, new Count(kind, name));
                count = counts.get(at);
            }
            if (count != null && count.kind == kind && count.name.equals(name)) {
                return count;
            }
        }
        return others[kind.ordinal()];
    }

    /** Hands out what was counted since the last drain. */
    public List<Row> drain() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            drain(counts.get(i), rows);
        }
        for (Count count : others) {
            drain(count, rows);
        }
        return rows;
    }

    private static void drain(@Nullable Count count, List<Row> rows) {
        long since = count == null ? 0 : count.getAndSet(0);
        if (count != null && since > 0) {
            rows.add(new Row(count.kind, count.name, since, count.followed.getAndSet(0)));
        }
    }

    private static final class Count extends AtomicLong {

        private static final long serialVersionUID = 1;

        final Kind kind;
        final String name;
        final AtomicLong followed = new AtomicLong();

        Count(Kind kind, String name) {
            this.kind = kind;
            this.name = name;
        }
    }
}
