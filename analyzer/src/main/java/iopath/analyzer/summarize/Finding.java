package iopath.analyzer.summarize;

import java.util.List;

/**
 * Something that an engineer may want to know, with what to do about it.
 *
 * @param code does not change between versions
 * @param bytes how many bytes it is about; 0 if it is not about bytes
 * @param work the calls that it is about, for a price; empty if it is not about calls
 */
public record Finding(String code, Severity severity, String sentence, long bytes, String fix, List<Work> work) {
    public Finding {
        work = List.copyOf(work);
    }

    /** A finding that is not about calls. */
    Finding(String code, Severity severity, String sentence, long bytes, String fix) {
        this(code, severity, sentence, bytes, fix, List.of());
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
