package iopath.analyzer.summarize;

import java.util.Comparator;

/**
 * Where bytes come and go that no hook follows.
 *
 * @param kind {@code handed}: a transferTo gave them to a channel that is not the JDK's; {@code taken}: a transferFrom
 *     had them from one; {@code mapped}: a file's, which come and go without a call
 * @param name class of the channel, or path of the file
 * @param bytes through the channel; of a file the size of its largest mapping, which says nothing of how many were used
 * @param followed what hooks saw on the other side of the channel in the same calls, 0 for a file
 */
public record BlindSpot(String kind, String name, long bytes, long followed) {
    static final String MAPPED = "mapped";

    static final Comparator<BlindSpot> ORDER = Comparator.comparing(BlindSpot::kind)
            .thenComparing(Comparator.comparingLong(BlindSpot::bytes).reversed())
            .thenComparing(BlindSpot::name);

    BlindSpot plus(BlindSpot other) {
        long both = isMapped() ? Math.max(bytes, other.bytes) : Saturated.add(bytes, other.bytes);
        return new BlindSpot(kind, name, both, Saturated.add(followed, other.followed));
    }

    /** Whether it is a mapped file. */
    public boolean isMapped() {
        return kind.equals(MAPPED);
    }

    /** Whether a channel passed none of its bytes on where hooks could see it, so that nothing is known of them. */
    public boolean isLost() {
        return !isMapped() && followed == 0 && bytes > 0;
    }
}
