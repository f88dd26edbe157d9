package iopath.analyzer.command;

import iopath.analyzer.attach.AgentState;
import iopath.analyzer.text.Amount;
import java.io.PrintStream;
import java.util.List;

/** The line that tells how a recording goes: rewritten in place on a terminal, told at its ends elsewhere. */
final class Progress {
    private static final List<String> PATHS =
            List.of("sendfile", "copy-file-range", "splice", "mapped", "direct", "heap", "tls", "unknown");
    private static final int WIDTH = 79;

    private final PrintStream err;
    private final boolean terminal = Voice.isTerminal();
    private int length;

    Progress(PrintStream err) {
        this.err = err;
    }

    /** Says how far the recording is and what was seen. */
    void tell(long seconds, long all, AgentState state) {
        String paths = paths(state);
        say("recording " + seconds + " of " + all + " s" + (paths.isEmpty() ? "" : ": " + paths));
    }

    /** Says what is being done. */
    void say(String line) {
        if (terminal) {
            String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
            err.print("\r" + cut + " ".repeat(Math.max(0, length - cut.length())));
            err.flush();
            length = cut.length();
        }
    }

    /** Makes room for other lines. */
    void end() {
        if (length > 0) {
            err.print("\r" + " ".repeat(length) + "\r");
            err.flush();
            length = 0;
        }
    }

    /** Bytes so far by path, most first in the order of paths. */
    static String paths(AgentState state) {
        return String.join(
                ", ",
                PATHS.stream()
                        .filter(path -> state.number(path) > 0)
                        .map(path -> path + " " + Amount.bytes(state.number(path)))
                        .toList());
    }
}
