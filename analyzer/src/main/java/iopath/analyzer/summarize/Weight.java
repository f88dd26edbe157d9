package iopath.analyzer.summarize;

/** A running sum of the bytes that samples stand for. */
final class Weight {
    private long bytes;

    void add(long more) {
        bytes = Saturated.add(bytes, more);
    }

    long bytes() {
        return bytes;
    }
}
