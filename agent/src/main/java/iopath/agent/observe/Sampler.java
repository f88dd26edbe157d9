package iopath.agent.observe;

import iopath.agent.aggregate.Key;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.link.Contents;
import java.util.concurrent.atomic.AtomicLong;

/** Takes samples of transfers: at random by their bytes, and the first of each kind. */
final class Sampler {

    private static final int SAMPLE_RING = 4096;

    private final Endpoints endpoints;
    private final Contents contents;
    private final Samples samples;
    private final long mean;
    private final AtomicLong sampleNumber = new AtomicLong();
    private final long[] sampleNumbers = new long[SAMPLE_RING];
    private final long[] sampleWeights = new long[SAMPLE_RING];
    private final boolean[] kindSeen = new boolean[1 << 12];

    Sampler(Endpoints endpoints, Contents contents, Samples samples, long mean) {
        this.endpoints = endpoints;
        this.contents = contents;
        this.samples = samples;
        this.mean = mean;
    }

    /**
     * Takes a sample if one is due, or if it is the first of its kind.
     *
     * @param fresh whether the key is new to the lane, so that its kind may be new
     * @return its number, or 0
     */
    long sample(Lane lane, long key, long bytes, boolean fresh) {
        long weight = lane.sampleWeight(bytes);
        if (weight != 0) {
            contents.sampled();
        }
        if (weight == 0 && (!fresh || isSeen(key))) {
            return 0;
        }
        long number = sampleNumber.incrementAndGet();
        int slot = (int) (number % SAMPLE_RING);
        sampleNumbers[slot] = number;
        sampleWeights[slot] = weight;
        take(lane, key, bytes, weight, number, 0);
        return weight == 0 ? 0 : number;
    }

    /** Takes back the sample of a read whose bytes are now passed on. */
    void takeBack(Lane lane, long key, long number, long bytes) {
        if (number != 0) {
            int slot = (int) (number % SAMPLE_RING);
            long weight = sampleNumbers[slot] == number ? sampleWeights[slot] : mean;
            take(lane, key, bytes, -weight, sampleNumber.incrementAndGet(), number);
        }
    }

    private void take(Lane lane, long key, long bytes, long weight, long number, long corrects) {
        lane.muted++;
        try {
            samples.take(key, bytes, weight, number, corrects);
        } finally {
            lane.muted--;
        }
    }

    /** Whether a transfer of the same kinds of endpoint, path and reason has been sampled. */
    private boolean isSeen(long key) {
        int kinds = endpoints.row(Key.source(key)).kind().ordinal() << 2
                | endpoints.row(Key.sink(key)).kind().ordinal();
        int index = kinds << 8 | Key.path(key).ordinal() << 4 | Key.reason(key).ordinal();
        boolean seen = kindSeen[index];
        kindSeen[index] = true;
        return seen;
    }
}
