package iopath.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import iopath.analyzer.compare.Diff;
import iopath.analyzer.compare.Shift;
import iopath.analyzer.compare.Way;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Recording;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A comparison of two profiles for programs: {@code schemaVersion} 1, pure ASCII. */
public final class DiffJson {
    private final JsonGenerator json;

    private DiffJson(JsonGenerator json) {
        this.json = json;
    }

    /** The whole document, its last line ended. */
    public static String of(Diff diff) {
        return Json.text(json -> new DiffJson(json).write(diff));
    }

    private void write(Diff diff) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", 1);
        json.writeStringField("verdict", diff.verdict());
        side("before", diff.before());
        side("after", diff.after());
        shifts("pairs", diff.pairs());
        shifts("sites", diff.sites());
        findings("newFindings", diff.newFindings());
        findings("goneFindings", diff.goneFindings());
        json.writeEndObject();
    }

    private void side(String name, Diff.Side side) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("files");
        for (String file : side.recording().files()) {
            json.writeString(file);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("java");
        for (Recording.Process jvm : side.recording().jvms()) {
            json.writeString(jvm.java());
        }
        json.writeEndArray();
        json.writeNumberField("transferredBytes", side.summary().transferred());
        json.writeNumberField("kernelBytes", side.summary().kernel());
        json.writeNumberField("unknownBytes", side.summary().unknown());
        number("sentBytes", side.sent().bytes(), 0);
        number("copiedBytesPerByteSent", side.sent().copiesPerByte(), 6);
        number("callsPerMegabyteSent", side.sent().callsPerMegabyte(), 6);
        json.writeEndObject();
    }

    private void shifts(String name, List<Shift> shifts) throws IOException {
        json.writeArrayFieldStart(name);
        for (Shift shift : shifts) {
            json.writeStartObject();
            if (!shift.frame().isEmpty()) {
                json.writeStringField("method", shift.frame());
            }
            json.writeStringField("source", shift.source());
            json.writeStringField("sink", shift.sink());
            json.writeStringField("change", shift.kind().name().toLowerCase(Locale.ROOT));
            number(
                    "movedShare",
                    shift.kind() == Shift.Kind.NEW || shift.kind() == Shift.Kind.GONE ? 0 : shift.moved(),
                    6);
            json.writeArrayFieldStart("ways");
            for (Way way : shift.ways()) {
                json.writeStartObject();
                json.writeStringField("path", way.path());
                json.writeStringField("reason", way.reason());
                load("before", way.before());
                load("after", way.after());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void load(String name, Way.Load load) throws IOException {
        json.writeNumberField(name + "Bytes", load.bytes());
        if (Double.isNaN(load.nanosPerByte())) {
            json.writeNullField(name + "NanosPerByte");
        } else {
            number(name + "NanosPerByte", load.nanosPerByte(), 6);
        }
    }

    private void findings(String name, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart(name);
        for (Finding finding : findings) {
            json.writeStartObject();
            Json.finding(json, finding);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Digits that do not depend on how a JDK prints floating point. */
    private void number(String name, double value, int digits) throws IOException {
        BigDecimal exact = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
        json.writeFieldName(name);
        json.writeNumber(exact.toPlainString());
    }
}
