package iopath.analyzer.summarize;

import iopath.analyzer.event.ContentLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What looks at content say of the bytes that were not looked at.
 *
 * <p>Each event with looks is a cluster: it stands for what was written since the one before it, of which it looked at
 * some at random. The share of a source is the mean of the clusters' shares, each weighted with the bytes that it stands
 * for; the interval is that of a weighted mean, with Student's t for as many clusters as these weights are worth (Kish's
 * effective sample size).
 */
final class Looks {

    private static final Map<String, ToLongFunction<ContentLook>> SOURCES = new TreeMap<>(Map.of(
            Words.FILE,
            ContentLook::fromFiles,
            Words.SOCKET,
            ContentLook::fromSockets,
            "pipe",
            ContentLook::fromPipes));

    /** Two-sided 95 % quantiles of Student's t for 1, 2, ... degrees of freedom. */
    private static final double[] STUDENT = {
        12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13
    };

    private static final double NORMAL = 1.96;

    private final Map<String, Sink> sinks = new TreeMap<>();

    void add(ContentLook look) {
        sinks.computeIfAbsent(look.sink(), k -> new Sink()).add(look);
    }

    /** A row for each pair of kinds of which some bytes were found. */
    List<Estimate> estimates() {
        List<Estimate> rows = new ArrayList<>();
        sinks.forEach((kind, sink) -> SOURCES.forEach((source, bytes) -> {
            Share found = sink.found(source);
            if (found.part > 0) {
                rows.add(sink.estimate(source, kind, found));
            }
        }));
        return rows;
    }

    /** How far one could see, for each kind of endpoint that was written to out of memory; most bytes first. */
    List<Sight> sights() {
        return sinks.entrySet().stream()
                .map(entry -> entry.getValue().sight(entry.getKey()))
                .filter(sight -> sight.writtenBytes() > 0)
                .sorted(Sight.ORDER)
                .toList();
    }

    /** Sums of one kind of sink. */
    private static final class Sink {
        private long written;
        private long looked;
        private long undecided;
        private long waiting;
        private final Map<String, Share> found = new TreeMap<>();
        private final Map<String, Share> possible = new TreeMap<>();

        void add(ContentLook look) {
            written = Saturated.add(written, look.written());
            looked = Saturated.add(looked, look.looked());
            waiting = Saturated.add(waiting, look.written() - look.looked());
            if (look.looked() > 0) {
                cluster(look);
                waiting = 0;
            }
        }

        private void cluster(ContentLook look) {
            long sources = look.fromFiles() + look.fromSockets() + look.fromPipes();
            long unclear = Math.max(0, look.looked() - sources - look.fromNone());
            undecided = Saturated.add(undecided, unclear);
            double weight = Math.max(0, waiting);
            SOURCES.forEach((source, bytes) -> {
                long part = bytes.applyAsLong(look);
                found(source).add(part, look.looked(), weight);
                possible.computeIfAbsent(source, k -> new Share()).add(part + unclear, look.looked(), weight);
            });
        }

        Sight sight(String kind) {
            long sources =
                    found.values().stream().mapToLong(share -> share.part).reduce(0, Saturated::add);
            return new Sight(kind, written, looked, Math.max(0, looked - undecided), sources);
        }

        Share found(String source) {
            return found.computeIfAbsent(source, k -> new Share());
        }

        Estimate estimate(String source, String kind, Share share) {
            Share most = possible.getOrDefault(source, share);
            double rest = Math.max(0, written - looked);
            double low = rest * Math.max(0, share.mean() - share.error());
            double high = rest * Math.min(1, most.mean() + most.error()) + undecided;
            return new Estimate(
                    source,
                    kind,
                    Math.round(rest * share.mean()),
                    Math.round(low),
                    Math.round(high),
                    share.part,
                    looked,
                    written);
        }
    }

    /** A weighted mean of the clusters' shares. */
    private static final class Share {
        private long part;
        private double weights;
        private double squaredWeights;
        private double sum;
        private double squares;

        void add(long partOfCluster, long cluster, double weight) {
            double share = (double) partOfCluster / cluster;
            part = Saturated.add(part, partOfCluster);
            weights += weight;
            squaredWeights += weight * weight;
            sum += weight * share;
            squares += weight * share * share;
        }

        double mean() {
            return weights == 0 ? 0 : sum / weights;
        }

        /** Half the width of the 95 % interval; 1, which is all, where one cluster says nothing of others. */
        double error() {
            double worth = squaredWeights == 0 ? 0 : weights * weights / squaredWeights;
            int freedom = (int) Math.floor(worth) - 1;
            if (freedom < 1) {
                return 1;
            }
            double variance = Math.max(0, squares / weights - mean() * mean()) * worth / (worth - 1);
            return Math.sqrt(variance / worth) * (freedom <= STUDENT.length ? STUDENT[freedom - 1] : NORMAL);
        }
    }
}
