package iopath.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import iopath.analyzer.price.Interval;
import iopath.analyzer.price.Price;
import iopath.analyzer.price.Price.Saving;
import iopath.analyzer.price.Prices;
import iopath.analyzer.summarize.CpuUse;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The prices in a report for programs. */
record PriceJson(JsonGenerator json) {

    /** The sum with what it was made by. */
    void all(Profile profile, Prices prices) throws IOException {
        json.writeObjectFieldStart("price");
        json.writeStringField("sentence", prices.sentence());
        json.writeNumberField("copiesAndCallsSecondsAtMost", prices.ceiling().seconds());
        json.writePOJOField("copiesAndCallsShareAtMost", prices.ceiling().share());
        CpuUse cpu = profile.recording().cpu();
        interval("processCpuSeconds", cpu == null ? null : new Interval(cpu.low(), cpu.mid(), cpu.high()));
        json.writeEndObject();
        json.writeFieldName("calibration");
        if (prices.calibration() == null) {
            json.writeNull();
        } else {
            CalibrationJson.write(json, prices.calibration());
        }
    }

    /** That of a finding, whose other fields are written. */
    void one(@Nullable Price price) throws IOException {
        if (price == null) {
            json.writeNullField("price");
            return;
        }
        json.writeObjectFieldStart("price");
        json.writeNumberField("bytes", price.bytes());
        interval("cpuSecondsPerGb", price.secondsPerGb());
        interval("cpuSeconds", price.seconds());
        interval("shareOfCpu", price.share());
        interval("cipherSeconds", price.cipherSeconds());
        Saving saving = price.saving();
        interval("savingSeconds", saving == null ? null : saving.seconds());
        interval("savingShareOfCpu", saving == null ? null : saving.share());
        interval("savingByFewerCallsSeconds", saving == null ? null : saving.callSeconds());
        interval("savingByFewerCopiesSeconds", saving == null ? null : saving.copySeconds());
        json.writeStringField("worth", price.worth().text());
        json.writeStringField("sentence", price.sentence());
        json.writeEndObject();
    }

    private void interval(String name, @Nullable Interval interval) throws IOException {
        if (interval == null) {
            json.writeNullField(name);
        } else {
            CalibrationJson.interval(json, name, interval);
        }
    }
}
