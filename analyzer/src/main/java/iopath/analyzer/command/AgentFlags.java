package iopath.analyzer.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said to the agent, as options of the commands that load it. */
final class AgentFlags {
    @Option(
            names = "--sample",
            paramLabel = "BYTES",
            description = "mean bytes between sampled transfers, such as 64k; default: 1m")
    private @Nullable String sample;

    @Option(
            names = "--hooks",
            paramLabel = "LIST",
            description = "families of hooks: channels, streams, buffers, tls; default: all but streams")
    private @Nullable String hooks;

    @Option(names = "--redact", paramLabel = "LIST", description = "leave out names: paths, peers")
    private @Nullable String redact;

    /** As the agent reads them. */
    String text() {
        List<String> options = new ArrayList<>();
        add(options, "sample", sample);
        add(options, "hooks", hooks);
        add(options, "redact", redact);
        return String.join(",", options);
    }

    private static void add(List<String> options, String key, @Nullable String value) {
        if (value != null) {
            options.add(key + "=" + value);
        }
    }
}
