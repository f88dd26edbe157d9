package iopath.analyzer.render;

import iopath.analyzer.summarize.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import one.convert.Arguments;
import one.convert.FlameGraph;

/** A profile's stacks as async-profiler's flame graph: one HTML file with a script of its own, in bytes moved. */
public final class FlameGraphPage {
    private FlameGraphPage() {}

    /** The page; its root alone where there is no stack. */
    public static String of(Profile profile) {
        Arguments arguments = new Arguments();
        arguments.title = "iopath: bytes moved, by path, reason and stack";
        FlameGraph graph = new FlameGraph(arguments);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(page, false, StandardCharsets.UTF_8)) {
            // A name in the page's script must not be its end.
            graph.parseCollapsed(new StringReader(CollapsedStacks.of(profile).replace("</", "<_/")));
            graph.dump(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of memory only
        }
        return page.toString(StandardCharsets.UTF_8);
    }
}
