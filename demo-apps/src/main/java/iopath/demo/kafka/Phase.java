package iopath.demo.kafka;

import org.jspecify.annotations.Nullable;

/**
 * What was measured while one client was at work.
 *
 * @param bytes the records as they lie in the broker's log
 * @param brokerSeconds CPU time of the broker's process
 * @param clientBytesPerSecond as Kafka's own tool saw it, without the start of its JVM
 * @param hostBusy share of all cores that was in use, by whomever, from the start of the client to its end
 * @param report null without the agent
 * @param trace null without strace
 */
record Phase(
        Kind kind,
        long bytes,
        double brokerSeconds,
        double clientBytesPerSecond,
        double hostBusy,
        @Nullable Report report,
        @Nullable Trace trace) {

    /** What the client does. */
    enum Kind {
        PLAINTEXT("PLAINTEXT", "plaintext", "file", "socket"),
        SSL("SSL", "ssl", "file", "socket"),
        /**
         * The copy case that Kafka itself has. Fetches of old formats are no longer converted by a 4.x broker, and
         * a follower's fetch leaves by sendfile as a consumer's does; but each record that is ever produced goes from
         * the socket into a heap buffer, is validated and given its offsets there, then goes to the log.
         */
        PRODUCE("produce", "produce", "socket", "file");

        private final String title;
        private final String id;
        private final String source;
        private final String sink;

        Kind(String title, String id, String source, String sink) {
            this.title = title;
            this.id = id;
            this.source = source;
            this.sink = sink;
        }

        String title() {
            return title;
        }

        String id() {
            return id;
        }

        String direction() {
            return source + " to " + sink;
        }
    }

    double secondsPerGb() {
        return brokerSeconds / (bytes / 1e9);
    }

    /** Cores that the broker kept busy while the client was being served. */
    double brokerCores() {
        return brokerSeconds * clientBytesPerSecond / bytes;
    }

    Report.@Nullable Flow flow() {
        return report == null ? null : report.flow(kind.source, kind.sink);
    }
}
