package iopath.analyzer.render;

import iopath.analyzer.price.Prices;
import iopath.analyzer.summarize.Profile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A profile as one page for a browser: pure ASCII, and nothing in it is loaded or run but its own style and script.
 *
 * <p>The page carries the profile as {@link JsonReport} gives it; all of its text is set from that by its script.
 */
public final class HtmlReport {
    /** Each library by its licence, which goes where the code goes. */
    private static final List<Map.Entry<String, String>> LIBRARIES = List.of(
            Map.entry("vendor/internmap-LICENSE.txt", ""), // a part of d3-array
            Map.entry("vendor/d3-array-LICENSE.txt", "vendor/d3-array-2.12.1.min.js"),
            Map.entry("vendor/d3-sankey-LICENSE.txt", "vendor/d3-sankey-0.12.3.min.js"),
            Map.entry("vendor/uplot-LICENSE.txt", "vendor/uplot-1.6.32.iife.min.js"));

    private HtmlReport() {}

    /** The whole page without prices. */
    public static String of(Profile profile) {
        return of(profile, Prices.atMost(profile));
    }

    /** The whole page. */
    public static String of(Profile profile, Prices prices) {
        String style = resource("vendor/uplot-1.6.32.min.css") + "\n" + resource("report.css");
        String script = script();
        String[] page = resource("report.html").split("@[A-Z]+@", -1);
        return page[0]
                + Policy.of(List.of(script), "'" + Policy.hash(style) + "'")
                + page[1]
                + style
                + page[2]
                + data(profile, prices)
                + page[3]
                + script
                + page[4];
    }

    private static String script() {
        StringBuilder script = new StringBuilder();
        for (Map.Entry<String, String> library : LIBRARIES) {
            script.append("/*\n").append(resource(library.getKey())).append("*/\n");
            if (!library.getValue().isEmpty()) {
                script.append(resource(library.getValue())).append('\n');
            }
        }
        return script.append(resource("report.js")).toString();
    }

    /** JSON that no browser takes for markup: a {@code <} can only stand within a string. */
    private static String data(Profile profile, Prices prices) {
        return JsonReport.of(profile, prices).replace("<", "\\u003c");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing from the jar; build it anew");
            }
            // A browser hashes lines as they end in memory, whatever they end with in the file.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
