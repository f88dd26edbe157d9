package iopath.analyzer.summarize;

/**
 * How much of what was written out of memory was probably read from elsewhere and copied by the application; in no other
 * sum.
 *
 * @param source kind of the endpoint it was read from
 * @param sink kind of the endpoint it was written to
 * @param bytes estimate of the bytes that were not looked at
 * @param lowBytes lower end of the 95 % interval
 * @param highBytes upper end of it; with the bytes of which a look could not tell
 * @param provenBytes bytes found to be the source's; these are transfers of evidence {@code same-bytes}
 * @param lookedBytes bytes looked at
 * @param writtenBytes bytes written without a known origin, all of them
 */
public record Estimate(
        String source,
        String sink,
        long bytes,
        long lowBytes,
        long highBytes,
        long provenBytes,
        long lookedBytes,
        long writtenBytes) {}
