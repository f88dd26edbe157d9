package iopath.agent.observe;

/** Takes sampled transfers, on the thread that made them. */
public interface Samples {

    /**
     * Takes a sample.
     *
     * @param key see {@link iopath.agent.aggregate.Key}
     * @param bytes size of the transfer
     * @param weight bytes that the sample stands for, negative for a correction
     * @param number number of this sample, from 1
     * @param corrects number of the sample that is taken back, or 0
     */
    void take(long key, long bytes, long weight, long number, long corrects);
}
