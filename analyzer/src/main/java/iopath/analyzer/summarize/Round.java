package iopath.analyzer.summarize;

import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the agent told at one time: what has happened since it told the last time. */
final class Round {
    private final long fromNanos;
    private final long toNanos;
    private final List<TransferTotals> transfers = new ArrayList<>();
    private final List<IoTotals> io = new ArrayList<>();
    private final List<TransferSample> samples;
    private final Map<Tally.RowKey, Long> bytes = new HashMap<>();

    /** A round over a span of time, after some samples. */
    Round(long fromNanos, long toNanos, List<TransferSample> samples) {
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.samples = samples;
    }

    long from() {
        return fromNanos;
    }

    long to() {
        return toNanos;
    }

    void add(TransferTotals totals) {
        transfers.add(totals);
        bytes.merge(Tally.RowKey.of(totals.route()), totals.bytes(), Saturated::add);
    }

    void add(IoTotals totals) {
        io.add(totals);
    }

    void tell(Tally tally) {
        tally.at(toNanos);
        transfers.forEach(tally::transfer);
        io.forEach(tally::io);
        samples.forEach(tally::sample);
    }

    /** Bytes by row, which are kept for longer than the names. */
    Map<Tally.RowKey, Long> bytes() {
        return bytes;
    }

    void forgetNames() {
        transfers.clear();
        io.clear();
        samples.clear();
    }
}
