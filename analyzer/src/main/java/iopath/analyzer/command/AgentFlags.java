package iopath.analyzer.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be said to the agent, as options of the commands that load it. */
final class AgentFlags {
    @Option(
            names = "--sample",
            paramLabel = "BYTES",
            converter = Amount.class,
            description = "mean bytes between sampled transfers, such as 64k; default: 1m")
    private @Nullable String sample;

    @Option(
            names = "--content",
            paramLabel = "BYTES",
            converter = Budget.class,
            description = "bytes a second whose content is looked at where nothing else tells where they came from,"
                    + " such as 100m; 0 for none; default: 1m")
    private @Nullable String content;

    @Option(
            names = "--hooks",
            paramLabel = "LIST",
            split = ",",
            description = "families of hooks: ${COMPLETION-CANDIDATES}; default: all")
    private List<Family> hooks = List.of();

    @Option(
            names = "--redact",
            paramLabel = "LIST",
            split = ",",
            description = "leave out names: ${COMPLETION-CANDIDATES}")
    private List<Name> redact = List.of();

    @Option(
            names = "--redact-key",
            paramLabel = "TEXT",
            converter = Key.class,
            description = "the key of what stands in for hidden names, so that two recordings can be compared;"
                    + " default: a random one")
    private @Nullable String redactKey;

    /** The agent's families of hooks, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Family {
        channels,
        streams,
        buffers,
        tls,
        copies,
        libraries
    }

    /** What can be left out, as it is typed. */
    @SuppressWarnings("MemberName")
    enum Name {
        paths,
        peers
    }

    /** Whether any names are to be left out. */
    boolean redacts() {
        return !redact.isEmpty();
    }

    /** As the agent reads them. */
    String text() {
        List<String> options = new ArrayList<>();
        if (sample != null) {
            options.add("sample=" + sample);
        }
        if (content != null) {
            options.add("content=" + content);
        }
        add(options, "hooks", hooks);
        add(options, "redact", redact);
        if (redactKey != null) {
            options.add("redactkey=" + redactKey);
        }
        return String.join(",", options);
    }

    private static void add(List<String> options, String key, List<? extends Enum<?>> values) {
        if (!values.isEmpty()) {
            options.add(key + "=" + values.stream().map(Enum::name).collect(Collectors.joining(",")));
        }
    }

    /** Lets a key through that the agent takes. */
    static final class Key implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!text.matches("[^,\\s]{16,}")) {
                throw new TypeConversionException("a key has 16 characters or more, no blank and no comma");
            }
            return text;
        }
    }

    /** Lets through a number of bytes that may be none. */
    static final class Budget implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return text.equals("0") ? text : new Amount().convert(text);
        }
    }

    /** Lets a number of bytes through that the agent understands. */
    static final class Amount implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!text.matches("[1-9][0-9]{0,11}[kmgKMG]?")) {
                throw new TypeConversionException("'" + text + "' is no number of bytes such as 65536, 64k or 1m");
            }
            return text;
        }
    }
}
