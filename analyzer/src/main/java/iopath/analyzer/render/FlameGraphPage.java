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
        return page(graph(profile, arguments));
    }

    /** The stacks of a later profile, coloured by what is more and what is less than in an earlier one. */
    public static String difference(Profile before, Profile after) {
        Arguments arguments = new Arguments();
        arguments.title = "iopath: bytes moved, what is more and what is less";
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
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(page, false, StandardCharsets.UTF_8)) {
            graph.dump(out);
        }
        return page.toString(StandardCharsets.UTF_8);
    }
}
