package iopath.analyzer.attach;

import org.jspecify.annotations.Nullable;

/**
 * One thing that attaching or recording depends on, and how it is.
 *
 * @param subject one word that never changes
 * @param found what was found, without a full stop
 * @param wayOut what to do; {@code null} if there is nothing to do
 */
public record Check(
        Verdict verdict,
        String subject,
        String found,
        @Nullable String wayOut) {

    public Check {
        found = Told.line(found);
        wayOut = wayOut == null ? null : Told.line(wayOut);
    }

    /** What a check means for attaching and recording. */
    public enum Verdict {
        /** No obstacle. */
        OK("ok"),
        /** It works, or may work, and there is something to know. */
        WARN("warn"),
        /** It cannot work. */
        FAIL("FAIL");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** As it is printed. */
        public String word() {
            return word;
        }
    }

    static Check ok(String subject, String found) {
        return new Check(Verdict.OK, subject, found, null);
    }

    static Check warn(String subject, String found, String wayOut) {
        return new Check(Verdict.WARN, subject, found, wayOut);
    }

    static Check fail(String subject, String found, String wayOut) {
        return new Check(Verdict.FAIL, subject, found, wayOut);
    }

    /** Whether it cannot work. */
    public boolean isFailed() {
        return verdict == Verdict.FAIL;
    }
}
