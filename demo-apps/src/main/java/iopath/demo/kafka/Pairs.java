package iopath.demo.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What a recording costs a broker: one broker under the agent serves the same records again and again, in turns with and
 * without a recording that has only the agent's events.
 *
 * <p>Each pass is compared with its neighbour, because the speed of a host drifts by more than a recording costs.
 */
final class Pairs {
    /** Passes after which the broker, its page cache and its compiled code no longer get faster. */
    private static final int WARM_UP_PASSES = 15;

    private static final int RESAMPLES = 10_000;

    private final Broker broker;
    private final Clients clients;
    private final String topic;
    private final long records;

    Pairs(Broker broker, Clients clients, String topic, long records) {
        this.broker = broker;
        this.clients = clients;
        this.topic = topic;
        this.records = records;
    }

    /** One pass of a consumer over all records. */
    private record Pass(double bytesPerSecond, double brokerSeconds) {}

    /** Runs; the answer is a text for people. */
    String run(int pairs) throws IOException, InterruptedException, DemoException {
        for (int i = 0; i < WARM_UP_PASSES; i++) {
            pass(false);
        }
        List<Pass> recording = new ArrayList<>();
        List<Pass> without = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            boolean recordingFirst = i % 2 == 0;
            Pass first = pass(recordingFirst);
            Pass second = pass(!recordingFirst);
            recording.add(recordingFirst ? first : second);
            without.add(recordingFirst ? second : first);
        }
        double[] throughput = new double[pairs];
        double[] cpu = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            throughput[i] = recording.get(i).bytesPerSecond() / without.get(i).bytesPerSecond();
            cpu[i] = recording.get(i).brokerSeconds() / without.get(i).brokerSeconds();
        }
        return String.format(
                Locale.ROOT,
                "%d pairs of passes over %,d records of %,d bytes, recording against not, medians of the pairs:%n"
                        + "  fetch throughput  %s%n  broker CPU time   %s%n",
                pairs,
                records,
                Clients.RECORD_BYTES,
                ratio(throughput),
                ratio(cpu));
    }

    private Pass pass(boolean recorded) throws IOException, InterruptedException, DemoException {
        if (recorded) {
            broker.startBareRecording("pair");
        }
        double before = broker.cpuTime().toNanos() / 1e9;
        double bytesPerSecond = clients.consumePlaintext(topic, records);
        double seconds = broker.cpuTime().toNanos() / 1e9 - before;
        if (recorded) {
            broker.stopRecording("pair");
        }
        return new Pass(bytesPerSecond, seconds);
    }

    private static String ratio(double[] ratios) {
        Random random = new Random(1);
        double[] medians = new double[RESAMPLES];
        double[] resample = new double[ratios.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < resample.length; j++) {
                resample[j] = ratios[random.nextInt(ratios.length)];
            }
            medians[i] = median(resample);
        }
        Arrays.sort(medians);
        return String.format(
                Locale.ROOT,
                "%.3f of without (95 %%: %.3f to %.3f, by resampling the pairs)",
                median(ratios),
                medians[RESAMPLES / 40],
                medians[RESAMPLES - 1 - RESAMPLES / 40]);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
