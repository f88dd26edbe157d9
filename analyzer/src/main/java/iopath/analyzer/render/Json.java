package iopath.analyzer.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import iopath.analyzer.summarize.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON as all commands write it: indented, pure ASCII. */
final class Json {
    /** Names are the application's: escaped, they can neither break a log nor turn a terminal's text around. */
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /** The fields of a finding, as each document with findings has them. */
    static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("code", finding.code());
        json.writeStringField("severity", finding.severity().text());
        json.writeStringField("sentence", finding.sentence());
        json.writeNumberField("bytes", finding.bytes());
        json.writeStringField("fix", finding.fix());
    }

    /** What a document consists of. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
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
