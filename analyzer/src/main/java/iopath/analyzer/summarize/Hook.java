package iopath.analyzer.summarize;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One method that the agent watches, or could not.
 *
 * @param status {@code applied}, {@code absent}, {@code failed} or {@code off}
 * @param why {@code null} if applied
 */
public record Hook(String target, String status, @Nullable String why) {
    /** Which of two statuses of one method a report has to tell: what failed somewhere has failed. */
    static final Comparator<Hook> BY_BADNESS = Comparator.comparingInt(Hook::badness)
            .thenComparing(Hook::status)
            .thenComparing(Hook::why, Comparator.nullsFirst(Comparator.naturalOrder()));

    private int badness() {
        return switch (status) {
            case "applied" -> 0;
            case "off" -> 1;
            case "absent" -> 2;
            default -> 3;
        };
    }
}
