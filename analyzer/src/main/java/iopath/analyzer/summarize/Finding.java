package iopath.analyzer.summarize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that an engineer may want to know, with what to do about it.
 *
 * @param code does not change between versions
 * @param bytes how many bytes it is about; 0 if it is not about bytes
 * @param work the calls that it is about, for a price; empty if it is not about calls
 * @param source kind of endpoint, or {@code null} if it is not about one flow
 * @param sink likewise
 * @param places code that did it, most bytes first, {@value #MOST_PLACES} at most; empty if it is not known
 */
public record Finding(
        String code,
        Severity severity,
        String sentence,
        long bytes,
        String fix,
        List<Work> work,
        @Nullable String source,
        @Nullable String sink,
        List<Place> places) {
    static final int MOST_PLACES = 3;

    public Finding {
        work = List.copyOf(work);
        places = List.copyOf(places);
    }

    /** A finding that is not about one flow. */
    Finding(String code, Severity severity, String sentence, long bytes, String fix, List<Work> work) {
        this(code, severity, sentence, bytes, fix, work, null, null, List.of());
    }

    /** A finding that is not about calls. */
    Finding(String code, Severity severity, String sentence, long bytes, String fix) {
        this(code, severity, sentence, bytes, fix, List.of());
    }

    /** The same about calls that have a price, with what to do about it. */
    Finding with(String ownFix, List<Work> calls) {
        return new Finding(code, severity, sentence, bytes, ownFix, calls, source, sink, places);
    }

    /** Whether it is about the flow that code moves bytes of. */
    public boolean isAboutFlowOf(Site site) {
        return site.source().equals(source) && site.sink().equals(sink);
    }

    /** How much a finding matters. */
    public enum Severity {
        WARNING("warning"),
        INFO("info");

        private final String text;

        Severity(String text) {
            this.text = text;
        }

        /** The name in reports. */
        public String text() {
            return text;
        }
    }
}
