package iopath.analyzer.price;

import iopath.analyzer.price.Price.Saving;
import iopath.analyzer.price.Price.Worth;
import iopath.analyzer.price.Pricing.Bill;
import iopath.analyzer.summarize.Estimate;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.text.Amount;
import org.jspecify.annotations.Nullable;

/** What a finding costs, in words. */
record Sentence(
        Finding finding,
        Bill bill,
        @Nullable Interval share,
        @Nullable Interval cipher,
        @Nullable Saving saving,
        @Nullable Estimate more,
        Worth worth,
        @Nullable Interval processSeconds) {

    String text() {
        return cost() + partly() + cipherPart() + savingPart() + morePart() + " " + judgement();
    }

    private String cost() {
        return Wording.perGb(bill.seconds().times(1e9 / bill.bytes())) + ", " + Wording.seconds(bill.seconds())
                + " in all" + (share == null ? "" : ", " + Wording.share(share) + " of this process's CPU time") + ".";
    }

    private String partly() {
        return bill.bytes() < finding.bytes() ? " That is for the part of the bytes whose path was calibrated." : "";
    }

    private String cipherPart() {
        return cipher == null
                ? ""
                : " The cipher alone takes " + Wording.seconds(cipher) + " of it, and stays as long as the bytes are"
                        + " encrypted here.";
    }

    private String savingPart() {
        if (saving == null) {
            return "";
        }
        Interval seconds = saving.seconds();
        if (seconds.high() <= 0) {
            return " The fix saves no CPU time.";
        }
        String amount =
                seconds.low() <= 0 ? "at most " + Wording.seconds(point(seconds.high())) : Wording.seconds(seconds);
        String ofProcess = saving.share() == null
                ? ""
                : " (" + Wording.share(saving.share().map(end -> Math.max(0, end))) + " of the process)";
        return " The fix saves " + amount + ofProcess + parts() + ".";
    }

    private String morePart() {
        return more == null
                ? ""
                : " That is for the bytes that are proven: an estimated " + Amount.bytes(more.bytes()) + " ("
                        + Amount.bytes(more.lowBytes()) + " to " + Amount.bytes(more.highBytes())
                        + ") more went the same way.";
    }

    /** By the medians: of parts, the intervals overlap too much to tell anything. */
    private String parts() {
        if (saving == null || saving.seconds().mid() <= 0) {
            return "";
        }
        double calls = Math.min(1, saving.callSeconds().mid() / saving.seconds().mid());
        if (calls < 0.05) {
            return ", nearly all of it the copies";
        }
        if (calls > 0.95) {
            return ", nearly all of it fewer calls: a larger buffer does the same";
        }
        return ", about " + Math.round(100 * calls) + " % of it by fewer calls, which a larger buffer saves as well";
    }

    private static Interval point(double value) {
        return new Interval(value, value, value);
    }

    private String judgement() {
        return switch (worth) {
            case YES -> "Worth doing.";
            case MAYBE -> "It may be worth doing: the interval does not tell.";
            case NO -> "Not worth doing for CPU time.";
            case UNKNOWN -> unknown();
        };
    }

    private String unknown() {
        if (saving == null) {
            return "There is no fix whose saving is known.";
        }
        if (processSeconds == null) {
            return "Its share of the process is not known: record jdk.CPULoad with jdk.CPUInformation as well.";
        }
        return "That is more CPU time than the process had: the calibration is of another host, or of a busier one.";
    }
}
