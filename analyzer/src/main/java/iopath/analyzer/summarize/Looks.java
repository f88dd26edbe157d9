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
 * <p>Each event is a cluster of bytes drawn at random. The share of a source is the ratio of two sums over clusters; its
 * variance is that of the ratio estimator (Cochran, Sampling Techniques, chapter 6), with Student's t for few clusters.
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
            Ratio found = sink.found(source);
            if (found.part > 0) {
                rows.add(sink.estimate(source, kind, found));
            }
        }));
        return rows;
    }

    /** Sums of one kind of sink. */
    private static final class Sink {
        private long written;
        private long looked;
        private long undecided;
        private final Map<String, Ratio> found = new TreeMap<>();
        private final Map<String, Ratio> possible = new TreeMap<>();

        void add(ContentLook look) {
            written = Saturated.add(written, look.written());
            looked = Saturated.add(looked, look.looked());
            long unclear = Math.max(
                    0, look.looked() - look.fromFiles() - look.fromSockets() - look.fromPipes() - look.fromNone());
            undecided = Saturated.add(undecided, unclear);
            SOURCES.forEach((source, bytes) -> {
                long part = bytes.applyAsLong(look);
                found(source).add(part, look.looked());
                possible.computeIfAbsent(source, k -> new Ratio()).add(part + unclear, look.looked());
            });
        }

        Ratio found(String source) {
            return found.computeIfAbsent(source, k -> new Ratio());
        }

        Estimate estimate(String source, String kind, Ratio part) {
            Ratio most = possible.getOrDefault(source, part);
            double rest = Math.max(0, written - looked);
            double low = rest * Math.max(0, part.share() - part.error());
            double high = rest * Math.min(1, most.share() + most.error()) + undecided;
            return new Estimate(
                    source,
                    kind,
                    Math.round(rest * part.share()),
                    Math.round(low),
                    Math.round(high),
                    Math.round(part.part),
                    looked,
                    written);
        }
    }

    /** The ratio of two sums over clusters. */
    private static final class Ratio {
        private int clusters;
        private double part;
        private double whole;
        private double partSquared;
        private double wholeSquared;
        private double product;

        void add(long partOfCluster, long cluster) {
            if (cluster > 0) {
                clusters++;
                part += partOfCluster;
                whole += cluster;
                partSquared += (double) partOfCluster * partOfCluster;
                wholeSquared += (double) cluster * cluster;
                product += (double) partOfCluster * cluster;
            }
        }

        double share() {
            return whole == 0 ? 0 : part / whole;
        }

        /** Half the width of the 95 % interval; 1, which is all, where one cluster says nothing of others. */
        double error() {
            if (clusters < 2) {
                return 1;
            }
            double share = share();
            double squares = Math.max(0, partSquared - 2 * share * product + share * share * wholeSquared);
            double variance = clusters * squares / (clusters - 1) / (whole * whole);
            return Math.sqrt(variance) * (clusters - 1 <= STUDENT.length ? STUDENT[clusters - 2] : NORMAL);
        }
    }
}
