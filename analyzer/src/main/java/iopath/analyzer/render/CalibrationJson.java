package iopath.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Interval;
import iopath.analyzer.price.Point;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A calibration as a document, or as a part of one. */
public final class CalibrationJson {
    /** More digits than any interval is narrow. */
    private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);

    private CalibrationJson() {}

    /** The whole document, its last line ended. */
    public static String of(Calibration calibration) {
        return Json.text(json -> write(json, calibration));
    }

    static void write(JsonGenerator json, Calibration calibration) throws IOException {
        Calibration.Host host = calibration.host();
        json.writeStartObject();
        json.writeNumberField("schemaVersion", 2);
        json.writeObjectFieldStart("host");
        json.writeStringField("name", host.name());
        json.writeStringField("cpu", host.cpu());
        json.writeNumberField("processors", host.processors());
        json.writeStringField("kernel", host.kernel());
        json.writeStringField("java", host.java());
        json.writeStringField("date", host.date());
        json.writeEndObject();
        json.writeNumberField(
                "conditions", calibration.points().get(0).secondsPerGb().conditions());
        json.writeArrayFieldStart("points");
        for (Point point : calibration.points()) {
            json.writeStartObject();
            json.writeStringField("source", point.lane().source());
            json.writeStringField("sink", point.lane().sink());
            json.writeStringField("path", point.lane().path());
            json.writeNumberField("cpuCopies", point.lane().cpuCopies());
            json.writeNumberField("chunkBytes", point.chunkBytes());
            interval(json, "cpuSecondsPerGb", point.secondsPerGb().interval());
            json.writeArrayFieldStart("seen");
            for (double seen : point.secondsPerGb().values()) {
                json.writeNumber(rounded(seen));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void interval(JsonGenerator json, String name, Interval interval) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("low", rounded(interval.low()));
        json.writeNumberField("mid", rounded(interval.mid()));
        json.writeNumberField("high", rounded(interval.high()));
        json.writeEndObject();
    }

    private static BigDecimal rounded(double value) {
        BigDecimal number = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number;
    }
}
