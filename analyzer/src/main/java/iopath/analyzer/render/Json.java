package iopath.analyzer.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Place;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Transfer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON as all commands write it: indented, pure ASCII. */
final class Json {
    /** Names are the application's: escaped, they can neither break a log nor turn a terminal's text around. */
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /** The fields of a transfer, likewise. */
    static void transfer(JsonGenerator json, Transfer row) throws IOException {
        json.writeStringField("source", row.source());
        json.writeStringField("sink", row.sink());
        json.writeStringField("path", row.path());
        json.writeStringField("reason", row.reason());
        json.writeStringField("detail", row.detail());
        json.writeStringField("evidence", row.evidence());
        json.writeNumberField("bytes", row.bytes());
        json.writeNumberField("operations", row.operations());
        json.writeNumberField("calls", row.calls());
        json.writeNumberField("cpuCopies", row.cpuCopies());
        json.writeNumberField("applicationCopies", row.applicationCopies());
        json.writeNumberField("nanos", row.nanos());
        json.writeNumberField("copiedBytes", row.copiedBytes());
    }

    /** The fields of a site, likewise. */
    static void site(JsonGenerator json, Site row) throws IOException {
        json.writeStringField("frame", row.frame());
        json.writeStringField("source", row.source());
        json.writeStringField("sink", row.sink());
        json.writeStringField("path", row.path());
        json.writeStringField("reason", row.reason());
        json.writeNumberField("bytes", row.bytes());
    }

    /** The fields of a finding, as each document with findings has them. */
    static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("code", finding.code());
        json.writeStringField("severity", finding.severity().text());
        json.writeStringField("sentence", finding.sentence());
        json.writeNumberField("bytes", finding.bytes());
        json.writeStringField("fix", finding.fix());
        json.writeStringField("source", finding.source());
        json.writeStringField("sink", finding.sink());
        Place most = finding.places().isEmpty() ? null : finding.places().get(0);
        json.writeStringField("frame", most == null ? null : most.frame());
        json.writeStringField("by", most == null ? null : most.by());
    }

    /** What a document consists of. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** A document on one line, which is ended. */
    static String line(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    /** The whole document, its last line ended. */
    static String text(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            // Not the line's end of the platform: the same input gives the same bytes.
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }
}
