package iopath.agent;

import iopath.agent.instrument.HookInstaller;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param record file to record to until exit, or {@code null}
 * @param sample mean bytes between samples, at least 1
 * @param hooks families of hooks to install, {@code null} for the default ones
 * @param redactPaths whether file names are hidden
 * @param redactPeers whether addresses are hidden
 * @param quiet whether the agent prints nothing but errors
 * @param text the options as given
 */
record AgentOptions(
        @Nullable String record,
        long sample,
        @Nullable Set<String> hooks,
        boolean redactPaths,
        boolean redactPeers,
        boolean quiet,
        String text) {

    static final long DEFAULT_SAMPLE = 1L << 20;

    private static final List<String> KEYS = List.of("record", "sample", "hooks", "redact", "quiet");
    private static final Set<String> LISTS = Set.of("hooks", "redact");
    private static final Set<String> REDACTABLE = Set.of("paths", "peers");

    /** An option that is unknown, or has a value that makes no sense; the message is one line for the user. */
    static final class BadOption extends Exception {

        private static final long serialVersionUID = 1;

        BadOption(String message) {
            super(message);
        }
    }

    /**
     * Reads options: agent arguments win, then system properties {@code iopath.KEY}, then environment variables
     * {@code IOPATH_KEY}.
     *
     * @param arguments as after {@code -javaagent:JAR=}, or {@code null}
     */
    static AgentOptions parse(
            @Nullable String arguments,
            Function<String, @Nullable String> property,
            Function<String, @Nullable String> environment)
            throws BadOption {
        String text = arguments == null ? "" : arguments.strip();
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : KEYS) {
            String value = environment.apply("IOPATH_" + key.toUpperCase(Locale.ROOT));
            String override = property.apply("iopath." + key);
            if (override != null) {
                value = override;
            }
            if (value != null) {
                values.put(key, value);
            }
        }
        values.putAll(text.startsWith("@") ? ofFile(text.substring(1)) : ofArguments(text));
        return of(values, text);
    }

    private static Map<String, String> ofArguments(String text) throws BadOption {
        Map<String, String> values = new LinkedHashMap<>();
        String last = "";
        for (String part : text.split(",")) {
            String item = part.strip();
            if (item.isEmpty()) {
                continue;
            }
            int separator = separator(item);
            if (separator < 0 && LISTS.contains(last) && !KEYS.contains(item)) {
                values.merge(last, item, (a, b) -> a + "," + b);
                continue;
            }
            last = separator < 0 ? item : item.substring(0, separator);
            values.put(known(last), separator < 0 ? "" : item.substring(separator + 1));
        }
        return values;
    }

    /** The first {@code =} or {@code :}; jcmd eats the former. */
    private static int separator(String item) {
        int equal = item.indexOf('=');
        int colon = item.indexOf(':');
        return equal < 0 ? colon : colon < 0 ? equal : Math.min(equal, colon);
    }

    private static Map<String, String> ofFile(String file) throws BadOption {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadOption("cannot read the options file " + file + " (" + e + ")");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : properties.stringPropertyNames()) {
            values.put(known(key), properties.getProperty(key));
        }
        return values;
    }

    private static String known(String key) throws BadOption {
        if (!KEYS.contains(key)) {
            throw new BadOption("unknown option '" + key + "'; options are " + String.join(", ", KEYS));
        }
        return key;
    }

    private static AgentOptions of(Map<String, String> values, String text) throws BadOption {
        String record = values.get("record");
        if (record != null && record.isBlank()) {
            throw new BadOption("option 'record' needs a file: record=FILE");
        }
        Set<String> hooks = list(values, "hooks", HookInstaller.families());
        Set<String> redact = list(values, "redact", List.copyOf(REDACTABLE));
        return new AgentOptions(
                record,
                bytes(values.get("sample")),
                hooks,
                redact != null && redact.contains("paths"),
                redact != null && redact.contains("peers"),
                flag(values.get("quiet")),
                text);
    }

    private static @Nullable Set<String> list(Map<String, String> values, String key, List<String> allowed)
            throws BadOption {
        String value = values.get(key);
        if (value == null) {
            return null;
        }
        Set<String> items = new LinkedHashSet<>(Arrays.asList(value.strip().split("\\s*,\\s*")));
        for (String item : items) {
            if (!allowed.contains(item)) {
                throw new BadOption("option '" + key + "' knows "
                        + String.join(", ", allowed.stream().sorted().toList()) + ", not '" + item + "'");
            }
        }
        return items;
    }

    private static long bytes(@Nullable String value) throws BadOption {
        if (value == null) {
            return DEFAULT_SAMPLE;
        }
        String digits = value.strip().toLowerCase(Locale.ROOT);
        int shift = 0;
        if (!digits.isEmpty()) {
            shift = switch (digits.charAt(digits.length() - 1)) {
                case 'k' -> 10;
                case 'm' -> 20;
                case 'g' -> 30;
                default -> 0;
            };
        }
        try {
            long count = Long.parseLong(shift == 0 ? digits : digits.substring(0, digits.length() - 1));
            if (count >= 1 && count <= Long.MAX_VALUE >> shift + 16) {
                return count << shift;
            }
        } catch (NumberFormatException e) {
            throw new BadOption("option 'sample' is a number of bytes such as 65536, 64k or 1m, not '" + value + "'");
        }
        throw new BadOption("option 'sample' is a number of bytes from 1 up, not '" + value + "'");
    }

    private static boolean flag(@Nullable String value) throws BadOption {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.isEmpty() || value.equals("true")) {
            return true;
        }
        throw new BadOption("option 'quiet' is true or false, not '" + value + "'");
    }
}
