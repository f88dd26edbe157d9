package iopath.agent.aggregate;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Numbers for the words that a reason names; bounded, thread-safe without locks. */
public final class Details {

    /** No detail. */
    public static final int NONE = 0;

    /** What a TLS engine adds. */
    public static final String TLS_FRAMING = "tls-framing";

    /** The kernel would have blocked, the JDK returned 0. */
    public static final String WOULD_BLOCK = "would-block";

    /** The file had ended, and the call was made again and again. */
    public static final String END_OF_FILE = "end-of-file";

    /** As much was moved as Linux moves in one call: what was asked for beyond that was left. */
    public static final String CUT = "cut-at-limit";

    /** Too little was written of memory that a read had filled to tell whether it still held that. */
    public static final String TOO_SHORT = "too-short-to-compare";

    /** The bytes were passed on before: no read brought them for this write. */
    public static final String SENT_AGAIN = "sent-again";

    private static final int LIMIT = 1024;
    private static final int OTHER = LIMIT - 1;

    private final AtomicReferenceArray<@Nullable String> words = new AtomicReferenceArray<>(LIMIT);

    /** The table with {@code (other)} in its last row. */
    public Details() {
        words.set(OTHER, "(other)");
    }

    /** The number of a word; {@link #NONE} for {@code null}, the last one for all words past the bound. */
    public int number(@Nullable String word) {
        if (word == null) {
            return NONE;
        }
        for (int i = 1; i < OTHER; i++) {
            String known = words.get(i);
            if (known == null) {
                if (words.compareAndSet(i, null, word)) {
                    return i;
                }
                known = words.get(i);
            }
            if (word.equals(known)) {
                return i;
            }
        }
        return OTHER;
    }

    /** The word with a number, or {@code null}. */
    public @Nullable String word(int number) {
        return words.get(number);
    }
}
