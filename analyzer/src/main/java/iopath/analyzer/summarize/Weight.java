package iopath.analyzer.summarize;

/** A running sum of the bytes that samples stand for, until it is known how many bytes there are to share. */
final class Weight {
    private long shares;
    private long open;

    void add(long more) {
        open = Saturated.add(open, more);
    }

    /** What was added since the last share. */
    long open() {
        return open;
    }

    /** Puts a share in the place of what was added since the last one. */
    void settle(long share) {
        shares = Saturated.add(shares, share);
        open = 0;
    }

    long bytes() {
        return Saturated.add(shares, open);
    }
}
