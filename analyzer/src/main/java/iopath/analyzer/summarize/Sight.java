package iopath.analyzer.summarize;

import java.util.Comparator;

/**
 * What looks at the content of bytes could tell that were written out of memory to one kind of endpoint.
 *
 * @param sink kind of the endpoint
 * @param writtenBytes bytes written without a known origin, those found below included
 * @param lookedBytes of these, bytes whose content was looked at
 * @param decidedBytes of these, bytes whose content told: it was what had been read, or nothing that had been
 * @param foundBytes of these, bytes that were found to have been read from elsewhere
 */
public record Sight(String sink, long writtenBytes, long lookedBytes, long decidedBytes, long foundBytes) {
    static final Comparator<Sight> ORDER =
            Comparator.comparingLong(Sight::writtenBytes).reversed().thenComparing(Sight::sink);

    /** How far one could see. */
    public enum State {
        NOT_LOOKED("not-looked-at"),
        NOT_DECIDABLE("not-decidable"),
        NOT_FOUND("not-found"),
        FOUND("found");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** The word in the report. */
        public String text() {
            return text;
        }
    }

    /** How far one could see. */
    public State state() {
        if (foundBytes > 0) {
            return State.FOUND;
        }
        if (lookedBytes == 0) {
            return State.NOT_LOOKED;
        }
        return decidedBytes == 0 ? State.NOT_DECIDABLE : State.NOT_FOUND;
    }

    /** Whether nothing can be said of where any of the bytes was before. */
    public boolean isBlind() {
        return state() == State.NOT_LOOKED || state() == State.NOT_DECIDABLE;
    }

    Sight plus(Sight other) {
        return new Sight(
                sink,
                Saturated.add(writtenBytes, other.writtenBytes),
                Saturated.add(lookedBytes, other.lookedBytes),
                Saturated.add(decidedBytes, other.decidedBytes),
                Saturated.add(foundBytes, other.foundBytes));
    }
}
