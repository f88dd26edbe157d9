package iopath.analyzer.render;

import iopath.analyzer.summarize.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import one.convert.Arguments;
import one.convert.FlameGraph;

/** A profile's stacks as async-profiler's flame graph: one HTML file with a script of its own, in bytes moved. */
public final class FlameGraphPage {
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    private FlameGraphPage() {}

    /** The page; its root alone where there is no stack. */
    public static String of(Profile profile) {
        Arguments arguments = new Arguments();
        arguments.title = "iopath: bytes moved, by path, reason and stack";
        return page(graph(profile, arguments));
    }

    /** The stacks of a later profile, coloured by what is more and what is less than in an earlier one. */
    public static String difference(Profile before, Profile after) {
        Arguments arguments = new Arguments();
        arguments.title = "iopath: bytes moved; red: more than before, blue: less, yellow: new";
        arguments.diff = true;
        FlameGraph graph = graph(after, arguments);
        graph.diff(graph(before, arguments));
        return page(graph);
    }

    private static FlameGraph graph(Profile profile, Arguments arguments) {
        FlameGraph graph = new FlameGraph(arguments);
        try {
            graph.parseCollapsed(new StringReader(harmless(CollapsedStacks.of(profile))));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of memory only
        }
        return graph;
    }

    /** A name in the page's script must neither be its end nor, as a comment with another script in it, hide the end. */
    private static String harmless(String stacks) {
        return stacks.replace("</", "<_/").replace("<!", "<_!");
    }

    private static String page(FlameGraph graph) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            graph.dump(out);
        }
        String page = bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        // A profiler's graph counts samples, this one bytes.
        page = swapped(page, "'1 sample'", "'1 byte'");
        page = swapped(page, "' samples'", "' bytes'");
        page = swapped(page, "'Function: ' + ", "");
        return swapped(page, "<meta charset='utf-8'>\n", head(page));
    }

    /** What the page's own head lacks: a policy, so that no name can be a script; a title; the width of a phone. */
    private static String head(String page) {
        List<String> scripts =
                SCRIPT.matcher(page).results().map(script -> script.group(1)).toList();
        return "<meta charset='utf-8'>\n<meta http-equiv='Content-Security-Policy' content=\""
                // The page's elements have styles of their own, which no hash can name.
                + Policy.of(scripts, "'unsafe-inline'")
                + "\">\n<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
                + "<title>iopath flame graph</title>\n"
                // Where the title takes more than a line, the buttons stand below it.
                + "<style>@media (max-width: 700px) { html header { margin-top: 2px } }</style>\n";
    }

    /** The page's own text stands before all names, so the first place is it. */
    private static String swapped(String page, String old, String replacement) {
        int at = page.indexOf(old);
        if (at < 0) {
            throw new IllegalStateException("async-profiler's page has no " + old + " any more");
        }
        return page.substring(0, at) + replacement + page.substring(at + old.length());
    }
}
