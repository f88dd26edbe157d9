package iopath.analyzer.price;

import iopath.analyzer.price.Pricing.Bill;
import iopath.analyzer.summarize.CpuUse;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What all of a profile's I/O costs, in words. */
record TotalSentence(
        Profile profile,
        Calibration calibration,
        Bill bill,
        @Nullable Interval share,
        @Nullable Interval processSeconds) {
    /** Calls that take so many times their CPU time wait for the rest. */
    private static final double WAITS = 2;

    String text() {
        List<String> sentences = new ArrayList<>();
        sentences.add(cost());
        String waiting = waiting();
        if (!waiting.isEmpty()) {
            sentences.add(waiting);
        }
        sentences.addAll(doubts());
        return String.join(" ", sentences);
    }

    private String cost() {
        String amount = "All " + Amount.bytes(bill.bytes()) + " with a price cost " + Wording.seconds(bill.seconds())
                + " of CPU time";
        if (share != null && processSeconds != null) {
            return amount + ", " + Wording.share(share) + " of this process's " + Wording.seconds(processSeconds) + ".";
        }
        if (processSeconds == null) {
            return amount + "; what share of the process that is, is not known: record jdk.CPULoad with"
                    + " jdk.CPUInformation as well.";
        }
        return amount + ", but the process had " + Wording.seconds(processSeconds)
                + ": the calibration does not fit the recording.";
    }

    private String waiting() {
        double elapsed = bill.waitNanos() / 1e9;
        if (elapsed < WAITS * bill.seconds().high()) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "Their calls took %s: most of that was waiting for the other end, a disk or a processor, which is the"
                        + " limit here, not the copies.",
                Amount.seconds(bill.waitNanos() / 1_000_000));
    }

    private List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        Calibration.Host host = calibration.host();
        for (Recording.Process jvm : profile.recording().jvms()) {
            String java = jvm.java();
            if (java != null && !feature(java).equals(feature(host.java()))) {
                doubts.add("The calibration is of Java " + host.java() + ", the recording of Java " + java + ".");
                break;
            }
        }
        CpuUse cpu = profile.recording().cpu();
        if (cpu != null && cpu.processors() != host.processors()) {
            doubts.add("The calibration is of a host with " + Amount.count(host.processors(), "processor")
                    + ", the recording of one with " + cpu.processors() + ".");
        }
        return doubts;
    }

    private static String feature(String java) {
        return java.split("[.\\-+]", 2)[0];
    }
}
