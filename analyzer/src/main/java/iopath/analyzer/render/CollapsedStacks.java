package iopath.analyzer.render;

import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Stack;
import java.util.Map;
import java.util.TreeMap;

/**
 * A profile as collapsed stacks: a line each, frames from the outermost on with semicolons between them, a space, and the
 * bytes moved there, estimated from samples.
 *
 * <p>The path and the reason stand below all frames, so that a flame graph shows at its root what was copied and why.
 * This is what flamegraph.pl, async-profiler's converter and speedscope read.
 */
public final class CollapsedStacks {
    private CollapsedStacks() {}

    /** All stacks with bytes, in alphabetical order, the last line ended; empty if there are none. */
    public static String of(Profile profile) {
        Map<String, Long> lines = new TreeMap<>();
        for (Stack stack : profile.stacks()) {
            if (stack.bytes() > 0) {
                lines.merge(line(stack), stack.bytes(), Long::sum);
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (line, bytes) -> text.append(line).append(' ').append(bytes).append('\n'));
        return text.toString();
    }

    private static String line(Stack stack) {
        StringBuilder line = new StringBuilder(frame(stack.path()));
        line.append(';').append(frame(stack.reason()));
        stack.frames().forEach(frame -> line.append(';').append(frame(frame)));
        return line.toString();
    }

    /** A name without what parts frames, lines and numbers from each other. */
    private static String frame(String name) {
        return Line.safe(name).replace(';', ',').replace(' ', '_');
    }
}
