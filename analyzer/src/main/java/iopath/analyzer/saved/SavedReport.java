package iopath.analyzer.saved;

import iopath.analyzer.summarize.Blind;
import iopath.analyzer.summarize.BlindSpot;
import iopath.analyzer.summarize.CpuUse;
import iopath.analyzer.summarize.EndpointUse;
import iopath.analyzer.summarize.Estimate;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Finding.Severity;
import iopath.analyzer.summarize.Hook;
import iopath.analyzer.summarize.HookFailure;
import iopath.analyzer.summarize.Identity;
import iopath.analyzer.summarize.Io;
import iopath.analyzer.summarize.Place;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.summarize.Sight;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.SmallIo;
import iopath.analyzer.summarize.Stack;
import iopath.analyzer.summarize.Summary;
import iopath.analyzer.summarize.Timeline;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.summarize.Work;
import java.util.List;
import java.util.Map;

/** Makes of a report in JSON the profile that it shows. */
public final class SavedReport {
    private static final long SCHEMA = 1;
    private static final long SECOND_MILLIS = 1000;

    private SavedReport() {}

    /** What the report was made of: written out again, it gives the same text. */
    public static Profile parse(String json) throws BadReportException {
        Node report = Node.parse(json);
        if (!report.has("schemaVersion") || !report.has("transfers")) {
            throw new BadReportException("it is JSON, but no report of iopath's");
        }
        if (report.number("schemaVersion") != SCHEMA) {
            throw new BadReportException("it has another schemaVersion than " + SCHEMA);
        }
        if (!report.has("firstSites")) {
            throw new BadReportException("it was written before reports could be read back");
        }
        List<Transfer> transfers = report.objects("transfers", SavedReport::transfer);
        return new Profile(
                recording(report.object("recording")),
                summary(report.object("summary"), transfers),
                report.object("summary").text("verdict"),
                transfers,
                report.objects("estimates", SavedReport::estimate),
                report.objects("io", SavedReport::io),
                report.objects("smallIo", SavedReport::smallIo),
                report.objects("endpoints", SavedReport::endpoint),
                report.objects("sites", SavedReport::site),
                report.objects("firstSites", SavedReport::site),
                report.objects("stacks", SavedReport::stack),
                timeline(report.object("timeline")),
                report.objects("findings", SavedReport::finding),
                report.objects("hooks", SavedReport::hook),
                blind(report.object("notSeen")));
    }

    private static Recording recording(Node node) throws BadReportException {
        long start = node.nanos("start");
        long end = node.nanos("end");
        if (end < start) {
            throw node.wrong("end", "after the start");
        }
        return new Recording(
                node.texts("files"),
                start,
                end - start,
                node.objects(
                        "jvms",
                        jvm -> new Recording.Process(
                                jvm.textOrNull("java"),
                                jvm.numberOrNull("pid"),
                                jvm.textOrNull("mainClass"),
                                jvm.textOrNull("agent"),
                                identity(jvm))),
                node.texts("chunks"),
                node.objectOrNull("cpu", SavedReport::cpu));
    }

    /** Reports of older versions do not say it. */
    private static Identity identity(Node jvm) throws BadReportException {
        Map<String, String> labels = jvm.has("labels") ? jvm.object("labels").texts() : Map.of();
        return Identity.of(jvm.textOrNull("service"), jvm.textOrNull("version"), jvm.textOrNull("instance"), labels);
    }

    private static Summary summary(Node node, List<Transfer> transfers) throws BadReportException {
        return new Summary(
                node.number("transferredBytes"),
                node.number("kernelBytes"),
                node.number("userSpaceBytes"),
                node.number("inferredBytes"),
                node.number("memoryBytes"),
                node.number("unknownBytes"),
                node.number("copiedBytes"),
                Summary.moved(transfers));
    }

    private static Transfer transfer(Node node) throws BadReportException {
        return new Transfer(
                node.text("source"),
                node.text("sink"),
                node.text("path"),
                node.text("reason"),
                node.textOrNull("detail"),
                node.text("evidence"),
                node.number("bytes"),
                node.number("operations"),
                node.number("calls"),
                copies(node),
                node.has("applicationCopies") ? node.count("applicationCopies", "a number of copies") : 0,
                node.number("nanos"),
                node.number("copiedBytes"));
    }

    private static int copies(Node node) throws BadReportException {
        return node.count("cpuCopies", "a number of copies");
    }

    private static CpuUse cpu(Node node) throws BadReportException {
        return new CpuUse(
                node.real("lowSeconds"),
                node.real("seconds"),
                node.real("highSeconds"),
                node.count("processors", "a number of processors"));
    }

    private static Work work(Node node) throws BadReportException {
        return new Work(
                node.text("source"),
                node.text("sink"),
                node.text("path"),
                copies(node),
                node.number("bytes"),
                node.number("calls"),
                node.number("nanos"));
    }

    private static Estimate estimate(Node node) throws BadReportException {
        return new Estimate(
                node.text("source"),
                node.text("sink"),
                node.number("bytes"),
                node.number("lowBytes"),
                node.number("highBytes"),
                node.number("provenBytes"),
                node.number("lookedBytes"),
                node.number("writtenBytes"));
    }

    private static Io io(Node node) throws BadReportException {
        return new Io(
                node.text("endpoint"),
                node.text("direction"),
                node.text("buffer"),
                node.number("bytes"),
                node.number("operations"),
                node.number("calls"));
    }

    private static SmallIo smallIo(Node node) throws BadReportException {
        long operations = node.number("operations");
        if (operations < 1) {
            throw node.wrong("operations", "1 at least");
        }
        return new SmallIo(
                node.text("kind"), node.text("name"), node.text("direction"), node.number("bytes"), operations);
    }

    private static EndpointUse endpoint(Node node) throws BadReportException {
        return new EndpointUse(
                node.text("kind"), node.text("name"), node.number("readBytes"), node.number("writtenBytes"));
    }

    private static Site site(Node node) throws BadReportException {
        return new Site(
                node.text("frame"),
                node.text("source"),
                node.text("sink"),
                node.text("path"),
                node.text("reason"),
                node.number("bytes"));
    }

    private static Stack stack(Node node) throws BadReportException {
        return new Stack(
                node.texts("frames"),
                node.text("source"),
                node.text("sink"),
                node.text("path"),
                node.text("reason"),
                // Reports of earlier versions do not tell.
                node.has("evidence") ? node.text("evidence") : "unknown",
                node.number("bytes"),
                node.number("copiedBytes"));
    }

    /** Slots that do not lie as those of reports do could not be added to others. */
    private static Timeline timeline(Node node) throws BadReportException {
        long start = node.nanos("start");
        long slotMillis = node.number("slotMillis");
        long seconds = slotMillis / SECOND_MILLIS;
        if (slotMillis < SECOND_MILLIS
                || slotMillis % SECOND_MILLIS != 0
                || Long.bitCount(seconds) != 1
                || seconds > Timeline.MAX_SLOT_SECONDS) {
            throw node.wrong("slotMillis", "a power of two in seconds");
        }
        long slot = slotMillis * 1_000_000;
        if (Math.floorMod(start, slot) != 0) {
            throw node.wrong("start", "a multiple of slotMillis");
        }
        List<Timeline.Series> series =
                node.objects("series", line -> new Timeline.Series(line.text("path"), line.numbers("bytes")));
        for (Timeline.Series line : series) {
            int slots = line.bytes().size();
            if (slots == 0 || slots != series.get(0).bytes().size() || slots > Timeline.MAX_SLOTS) {
                throw node.wrong("series", "of as many slots each, " + Timeline.MAX_SLOTS + " at most");
            }
        }
        return new Timeline(start, slot, series);
    }

    private static Finding finding(Node node) throws BadReportException {
        String severity = node.text("severity");
        for (Severity known : Severity.values()) {
            if (known.text().equals(severity)) {
                return new Finding(
                        node.text("code"),
                        known,
                        node.text("sentence"),
                        node.number("bytes"),
                        node.text("fix"),
                        node.objects("work", SavedReport::work),
                        // Reports of earlier versions have none of these.
                        node.has("source") ? node.textOrNull("source") : null,
                        node.has("sink") ? node.textOrNull("sink") : null,
                        node.has("places") ? node.objects("places", SavedReport::place) : List.of());
            }
        }
        throw node.wrong("severity", "info or warning");
    }

    private static Place place(Node node) throws BadReportException {
        return new Place(node.text("frame"), node.textOrNull("by"), node.number("bytes"));
    }

    private static Hook hook(Node node) throws BadReportException {
        return new Hook(node.text("target"), node.text("status"), node.textOrNull("why"));
    }

    private static HookFailure suppressed(Node node) throws BadReportException {
        return new HookFailure(node.text("target"), node.text("thrown"), node.number("calls"));
    }

    private static BlindSpot spot(Node node) throws BadReportException {
        return new BlindSpot(node.text("kind"), node.text("name"), node.number("bytes"), node.number("followed"));
    }

    private static Sight look(Node node) throws BadReportException {
        return new Sight(
                node.text("sink"),
                node.number("writtenBytes"),
                node.number("lookedBytes"),
                node.number("decidedBytes"),
                node.number("foundBytes"));
    }

    private static Blind blind(Node node) throws BadReportException {
        return new Blind(
                node.flag("agentSeen"),
                node.number("samples"),
                node.number("samplesDropped"),
                node.number("rowsFolded"),
                node.number("linksLost"),
                node.number("runtimeBytes"),
                node.number("namesFolded"),
                // A report of an earlier version has none of these.
                node.has("suppressed") ? node.objects("suppressed", SavedReport::suppressed) : List.of(),
                node.has("spots") ? node.objects("spots", SavedReport::spot) : List.of(),
                node.has("looks") ? node.objects("looks", SavedReport::look) : List.of(),
                node.has("cautions") ? node.texts("cautions") : List.of(),
                node.texts("warnings"));
    }
}
