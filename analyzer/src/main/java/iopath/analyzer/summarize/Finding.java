package iopath.analyzer.summarize;

/**
 * Something that an engineer may want to know, with what to do about it.
 *
 * @param code does not change between versions
 * @param bytes how many bytes it is about; 0 if it is not about bytes
 */
public record Finding(String code, Severity severity, String sentence, long bytes, String fix) {

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
