package iopath.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import iopath.analyzer.price.Prices;
import iopath.analyzer.summarize.Blind;
import iopath.analyzer.summarize.BlindSpot;
import iopath.analyzer.summarize.Code;
import iopath.analyzer.summarize.CpuUse;
import iopath.analyzer.summarize.EndpointUse;
import iopath.analyzer.summarize.Estimate;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Hook;
import iopath.analyzer.summarize.HookFailure;
import iopath.analyzer.summarize.Identity;
import iopath.analyzer.summarize.Io;
import iopath.analyzer.summarize.Place;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.summarize.Sight;
import iopath.analyzer.summarize.SmallIo;
import iopath.analyzer.summarize.Stack;
import iopath.analyzer.summarize.Summary;
import iopath.analyzer.summarize.Timeline;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.summarize.Work;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A profile for programs: {@code schemaVersion} 1, pure ASCII. */
public final class JsonReport {
    private final JsonGenerator json;
    private final Prices prices;

    private JsonReport(JsonGenerator json, Prices prices) {
        this.json = json;
        this.prices = prices;
    }

    /** The whole report without prices, its last line ended. */
    public static String of(Profile profile) {
        return of(profile, Prices.atMost(profile));
    }

    /** The whole report, its last line ended. */
    public static String of(Profile profile, Prices prices) {
        return Json.text(json -> new JsonReport(json, prices).write(profile));
    }

    private void write(Profile profile) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", 1);
        recording(profile.recording());
        summary(profile.summary(), profile.transfers(), profile.verdict());
        array("transfers", profile.transfers(), row -> Json.transfer(json, row));
        array("estimates", profile.estimates(), this::estimate);
        array("io", profile.io(), this::io);
        array("smallIo", profile.smallIo(), this::smallIo);
        array("endpoints", profile.endpoints(), this::endpoint);
        array("sites", profile.sites(), row -> Json.site(json, row));
        array("firstSites", profile.firstSites(), row -> Json.site(json, row));
        array("stacks", profile.stacks(), this::stack);
        timeline(profile.timeline());
        array("findings", profile.findings(), this::finding);
        new PriceJson(json).all(profile, prices);
        array("hooks", profile.hooks(), this::hook);
        notSeen(profile);
        json.writeEndObject();
    }

    private void recording(Recording recording) throws IOException {
        json.writeObjectFieldStart("recording");
        strings("files", recording.files());
        json.writeStringField(
                "start", Instant.ofEpochSecond(0, recording.startNanos()).toString());
        json.writeStringField(
                "end", Instant.ofEpochSecond(0, recording.endNanos()).toString());
        json.writeNumberField("durationMillis", recording.durationNanos() / 1_000_000);
        process(
                unanimous(recording.jvms(), Recording.Process::java),
                unanimous(recording.jvms(), Recording.Process::pid),
                unanimous(recording.jvms(), Recording.Process::mainClass));
        array("jvms", recording.jvms(), jvm -> {
            process(jvm.java(), jvm.pid(), jvm.mainClass());
            json.writeStringField("agent", jvm.agent());
            identity(jvm.identity());
        });
        strings("chunks", recording.chunks());
        cpu(recording.cpu());
        json.writeEndObject();
    }

    private void cpu(@Nullable CpuUse cpu) throws IOException {
        json.writeFieldName("cpu");
        if (cpu == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("lowSeconds", cpu.low());
        json.writeNumberField("seconds", cpu.mid());
        json.writeNumberField("highSeconds", cpu.high());
        json.writeNumberField("processors", cpu.processors());
        json.writeEndObject();
    }

    private void process(@Nullable String java, @Nullable Long pid, @Nullable String mainClass) throws IOException {
        json.writeStringField("java", java);
        json.writePOJOField("pid", pid);
        json.writeStringField("mainClass", mainClass);
    }

    private void identity(Identity identity) throws IOException {
        json.writeStringField("service", identity.service());
        json.writeStringField("version", identity.version());
        json.writeStringField("instance", identity.instance());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : identity.labels().entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
    }

    /** What all JVMs say, or {@code null} where they differ. */
    private static <T> @Nullable T unanimous(
            List<Recording.Process> jvms, Function<Recording.Process, @Nullable T> part) {
        Set<@Nullable T> values = new HashSet<>();
        for (Recording.Process jvm : jvms) {
            values.add(part.apply(jvm));
        }
        return values.size() == 1 ? values.iterator().next() : null;
    }

    private void summary(Summary summary, List<Transfer> transfers, String verdict) throws IOException {
        json.writeObjectFieldStart("summary");
        json.writeNumberField("transferredBytes", summary.transferred());
        json.writeNumberField("kernelBytes", summary.kernel());
        json.writeNumberField("userSpaceBytes", summary.userSpace());
        json.writeNumberField("inferredBytes", summary.inferred());
        json.writeNumberField("memoryBytes", summary.memory());
        json.writeNumberField("anonymousBytes", Summary.anonymous(transfers));
        json.writeNumberField("unknownBytes", summary.unknown());
        json.writeNumberField("copiedBytes", summary.copied());
        json.writeStringField("verdict", verdict);
        json.writeEndObject();
    }

    private void estimate(Estimate row) throws IOException {
        json.writeStringField("source", row.source());
        json.writeStringField("sink", row.sink());
        json.writeNumberField("bytes", row.bytes());
        json.writeNumberField("lowBytes", row.lowBytes());
        json.writeNumberField("highBytes", row.highBytes());
        json.writeNumberField("provenBytes", row.provenBytes());
        json.writeNumberField("lookedBytes", row.lookedBytes());
        json.writeNumberField("writtenBytes", row.writtenBytes());
    }

    private void io(Io row) throws IOException {
        json.writeStringField("endpoint", row.endpoint());
        json.writeStringField("direction", row.direction());
        json.writeStringField("buffer", row.buffer());
        amounts(row.bytes(), row.operations(), row.calls());
    }

    private void smallIo(SmallIo row) throws IOException {
        json.writeStringField("kind", row.kind());
        json.writeStringField("name", row.name());
        json.writeStringField("direction", row.direction());
        json.writeNumberField("bytes", row.bytes());
        json.writeNumberField("operations", row.operations());
    }

    private void amounts(long bytes, long operations, long calls) throws IOException {
        json.writeNumberField("bytes", bytes);
        json.writeNumberField("operations", operations);
        json.writeNumberField("calls", calls);
    }

    private void endpoint(EndpointUse row) throws IOException {
        json.writeStringField("kind", row.kind());
        json.writeStringField("name", row.name());
        json.writeNumberField("readBytes", row.readBytes());
        json.writeNumberField("writtenBytes", row.writtenBytes());
    }

    private void stack(Stack row) throws IOException {
        strings("frames", row.frames());
        json.writeStringField("source", row.source());
        json.writeStringField("sink", row.sink());
        json.writeStringField("path", row.path());
        json.writeStringField("reason", row.reason());
        json.writeStringField("evidence", row.evidence());
        json.writeNumberField("bytes", row.bytes());
        json.writeNumberField("copiedBytes", row.copiedBytes());
    }

    private void timeline(Timeline timeline) throws IOException {
        json.writeObjectFieldStart("timeline");
        json.writeStringField(
                "start", Instant.ofEpochSecond(0, timeline.startNanos()).toString());
        json.writeNumberField("slotMillis", timeline.slotNanos() / 1_000_000);
        array("series", timeline.series(), series -> {
            json.writeStringField("path", series.path());
            json.writeArrayFieldStart("bytes");
            for (long bytes : series.bytes()) {
                json.writeNumber(bytes);
            }
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private void work(Work work) throws IOException {
        json.writeStringField("source", work.source());
        json.writeStringField("sink", work.sink());
        json.writeStringField("path", work.path());
        json.writeNumberField("cpuCopies", work.cpuCopies());
        json.writeNumberField("bytes", work.bytes());
        json.writeNumberField("calls", work.calls());
        json.writeNumberField("nanos", work.nanos());
    }

    private void finding(Finding row) throws IOException {
        Json.finding(json, row);
        json.writeStringField("meaning", Code.of(row.code()).map(Code::meaning).orElse(null));
        array("places", row.places(), this::place);
        array("work", row.work(), this::work);
        new PriceJson(json).one(prices.of(row));
    }

    private void place(Place row) throws IOException {
        json.writeStringField("frame", row.frame());
        json.writeStringField("by", row.by());
        json.writeNumberField("bytes", row.bytes());
    }

    private void hook(Hook row) throws IOException {
        json.writeStringField("target", row.target());
        json.writeStringField("status", row.status());
        json.writeStringField("why", row.why());
    }

    private void notSeen(Profile profile) throws IOException {
        Blind blind = profile.blind();
        json.writeObjectFieldStart("notSeen");
        json.writeBooleanField("agentSeen", blind.agentSeen());
        json.writeNumberField("samples", blind.samples());
        json.writeNumberField("samplesDropped", blind.samplesDropped());
        json.writeNumberField("rowsFolded", blind.rowsFolded());
        json.writeNumberField("namesFolded", blind.namesFolded());
        json.writeNumberField("linksLost", blind.linksLost());
        json.writeNumberField("runtimeBytes", blind.runtimeBytes());
        json.writeArrayFieldStart("suppressed");
        for (HookFailure row : blind.suppressed()) {
            json.writeStartObject();
            json.writeStringField("target", row.target());
            json.writeStringField("thrown", row.thrown());
            json.writeNumberField("calls", row.calls());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("spots");
        for (BlindSpot row : blind.spots()) {
            json.writeStartObject();
            json.writeStringField("kind", row.kind());
            json.writeStringField("name", row.name());
            json.writeNumberField("bytes", row.bytes());
            json.writeNumberField("followed", row.followed());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("looks");
        for (Sight row : blind.sights()) {
            json.writeStartObject();
            json.writeStringField("sink", row.sink());
            json.writeStringField("state", row.state().text());
            json.writeNumberField("writtenBytes", row.writtenBytes());
            json.writeNumberField("lookedBytes", row.lookedBytes());
            json.writeNumberField("decidedBytes", row.decidedBytes());
            json.writeNumberField("foundBytes", row.foundBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        strings("cautions", blind.cautions());
        strings("warnings", blind.warnings());
        strings("sentences", Gaps.of(profile));
        json.writeEndObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private <T> void array(String name, List<T> rows, Fields<T> fields) throws IOException {
        json.writeArrayFieldStart(name);
        for (T row : rows) {
            json.writeStartObject();
            fields.of(row);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes the fields of one row. */
    private interface Fields<T> {
        void of(T row) throws IOException;
    }
}
