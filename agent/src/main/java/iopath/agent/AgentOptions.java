package iopath.agent;

import iopath.agent.emit.RecordingPlan;
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
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param record the recording to start, or {@code null}
 * @param once whether to detach when that recording ends
 * @param stop whether to end the recording now
 * @param detach whether to take the agent out, and do nothing else
 * @param watch a file that the client keeps locked for as long as it runs, {@code null} if it does not say
 * @param client version of the program that loads the agent, {@code null} if it does not say
 * @param sample mean bytes between samples, at least 1
 * @param content bytes a second whose content is looked at, 0 for none
 * @param hooks families of hooks to install, {@code null} for the default ones
 * @param redactPaths whether file names are hidden
 * @param redactPeers whether addresses are hidden
 * @param redactKey the key of what stands in for hidden names, {@code null} for one that nobody learns
 * @param identity who the JVM is, by {@code service}, {@code version}, {@code instance} and {@code labels}; the first two
 *     are names, the last is {@code KEY=VALUE,...}
 * @param quiet whether the agent prints nothing but errors
 * @param profiles whether the arguments say how to profile
 * @param text the options as given, without what they ask to hide
 */
record AgentOptions(
        @Nullable RecordingPlan record,
        boolean once,
        boolean stop,
        boolean detach,
        @Nullable String client,
        @Nullable String watch,
        long sample,
        long content,
        @Nullable Set<String> hooks,
        boolean redactPaths,
        boolean redactPeers,
        @Nullable String redactKey,
        Map<String, String> identity,
        boolean quiet,
        boolean profiles,
        String text) {

    /** Characters of a key below which it could be guessed. */
    private static final int LEAST_KEY = 16;

    static final long DEFAULT_SAMPLE = 1L << 20;

    static final long DEFAULT_CONTENT = 1L << 20;

    /** What the names of system properties begin with. */
    static final String PROPERTY = "iopath.";

    private static final List<String> KEYS = List.of(
            "record",
            "sample",
            "content",
            "hooks",
            "redact",
            "redactkey",
            "service",
            "version",
            "instance",
            "labels",
            "quiet",
            "duration",
            "maxage",
            "maxsize",
            "stream",
            "once",
            "stop",
            "detach",
            "client",
            "watch");

    /** A property of the launcher's, which is not the agent's. */
    private static final String LAUNCHER = "home";

    /** Options that say how to profile, in contrast to those that say what to do now. */
    private static final Set<String> PROFILE =
            Set.of("sample", "content", "hooks", "redact", "redactkey", "service", "version", "instance", "labels");

    private static final Set<String> LISTS = Set.of("hooks", "redact", "labels");
    private static final List<String> NAMES = List.of("service", "version", "instance");

    /** Characters at most of a name that says who the JVM is, and of each part of a label. */
    private static final int LONGEST_NAME = 128;

    private static final int MOST_LABELS = 16;
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
     * {@code IOPATH_KEY}. A property of one word that is no key is a slip; a variable may be another program's.
     *
     * @param arguments as after {@code -javaagent:JAR=}, or {@code null}
     */
    static AgentOptions parse(
            @Nullable String arguments, Map<String, String> properties, Map<String, String> environment)
            throws BadOption {
        String text = arguments == null ? "" : arguments.strip();
        for (String name : properties.keySet()) {
            String key = name.startsWith(PROPERTY) ? name.substring(PROPERTY.length()) : ".";
            if (key.indexOf('.') < 0 && !key.equals(LAUNCHER)) {
                known(key);
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : KEYS) {
            String value = environment.get("IOPATH_" + key.toUpperCase(Locale.ROOT));
            String override = properties.get(PROPERTY + key);
            if (override != null) {
                value = override;
            }
            if (value != null) {
                values.put(key, value);
            }
        }
        Map<String, String> given = text.startsWith("@") ? ofFile(text.substring(1)) : ofArguments(text);
        values.putAll(given);
        // No stream: the first one costs each start of a JVM some 10 ms.
        boolean profiles = false;
        for (String key : given.keySet()) {
            profiles |= PROFILE.contains(key);
        }
        return of(values, profiles, text);
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
            boolean isLabel = last.equals("labels") && separator > 0 && !KEYS.contains(item.substring(0, separator));
            if (isLabel || separator < 0 && LISTS.contains(last) && !KEYS.contains(item)) {
                values.merge(last, item, (a, b) -> a + "," + b);
                continue;
            }
            last = separator < 0 ? item : item.substring(0, separator);
            String value = separator < 0 ? "" : item.substring(separator + 1);
            if (LISTS.contains(last)) {
                values.merge(last, value, (a, b) -> a + "," + b);
            } else {
                values.put(known(last), value);
            }
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

    /** Whether the profiler of {@code other} would have to be built anew for these. */
    boolean changes(AgentOptions other) {
        return profiles
                && (sample != other.sample
                        || content != other.content
                        || redactPaths != other.redactPaths
                        || redactPeers != other.redactPeers
                        || !Objects.equals(redactKey, other.redactKey)
                        || !identity.equals(other.identity)
                        || !Objects.equals(hooks, other.hooks));
    }

    private static AgentOptions of(Map<String, String> values, boolean profiles, String text) throws BadOption {
        Set<String> hooks = list(values, "hooks", HookInstaller.families());
        Set<String> redact = list(values, "redact", List.copyOf(REDACTABLE));
        String sample = values.get("sample");
        String content = values.get("content");
        return new AgentOptions(
                plan(values),
                flag("once", values.get("once")),
                flag("stop", values.get("stop")),
                flag("detach", values.get("detach")),
                values.get("client"),
                values.get("watch"),
                sample == null ? DEFAULT_SAMPLE : bytes("sample", sample),
                content == null ? DEFAULT_CONTENT : content.equals("0") ? 0 : bytes("content", content),
                hooks,
                redact != null && redact.contains("paths"),
                redact != null && redact.contains("peers"),
                key(values.get("redactkey")),
                identity(values),
                flag("quiet", values.get("quiet")),
                profiles,
                shown(text, redact != null && redact.contains("paths")));
    }

    /** The text of the options for a recording and for a client's eyes: no key, and no path that is to be hidden. */
    private static String shown(String text, boolean withoutPaths) {
        if (text.startsWith("@")) {
            return withoutPaths ? "@(path)" : text;
        }
        StringBuilder shown = new StringBuilder();
        for (String part : text.split(",")) {
            String item = part.strip();
            boolean hide = item.startsWith("redactkey") || withoutPaths && item.startsWith("record");
            int separator = separator(item);
            shown.append(shown.isEmpty() ? "" : ",")
                    .append(hide && separator > 0 ? item.substring(0, separator + 1) + "(hidden)" : item);
        }
        return shown.toString();
    }

    private static Map<String, String> identity(Map<String, String> values) throws BadOption {
        Map<String, String> identity = new TreeMap<>();
        for (String name : NAMES) {
            String value = values.get(name);
            if (value != null) {
                identity.put(name, name(name, value));
            }
        }
        String labels = values.get("labels");
        if (labels != null) {
            identity.put("labels", labels(labels));
        }
        return identity;
    }

    private static String name(String key, String value) throws BadOption {
        String name = value.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new BadOption(
                    "option '" + key + "' is a name of 1 to " + LONGEST_NAME + " characters, not '" + value + "'");
        }
        return name;
    }

    private static String labels(String value) throws BadOption {
        Map<String, String> labels = new TreeMap<>();
        for (String part : value.split(",")) {
            int separator = separator(part);
            if (separator <= 0) {
                throw new BadOption("option 'labels' is KEY:VALUE,..., not '" + value + "'");
            }
            labels.put(name("labels", part.substring(0, separator)), name("labels", part.substring(separator + 1)));
        }
        if (labels.size() > MOST_LABELS) {
            throw new BadOption("option 'labels' takes " + MOST_LABELS + " labels at most, not " + labels.size());
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(label.getKey())
                    .append('=')
                    .append(label.getValue());
        }
        return text.toString();
    }

    private static @Nullable String key(@Nullable String value) throws BadOption {
        if (value != null && value.length() < LEAST_KEY) {
            throw new BadOption("option 'redactkey' is a text of " + LEAST_KEY + " characters or more");
        }
        return value;
    }

    private static @Nullable RecordingPlan plan(Map<String, String> values) throws BadOption {
        String file = values.get("record");
        if (file != null && file.isBlank()) {
            throw new BadOption("option 'record' needs a file: record=FILE");
        }
        boolean stream = flag("stream", values.get("stream"));
        String size = values.get("maxsize");
        RecordingPlan plan = new RecordingPlan(
                stream ? null : file,
                millis("duration", values.get("duration")),
                millis("maxage", values.get("maxage")),
                size == null ? 0 : bytes("maxsize", size));
        if (file == null && !stream) {
            if (plan.durationMillis() + plan.maxAgeMillis() + plan.maxBytes() > 0) {
                throw new BadOption("options 'duration', 'maxage' and 'maxsize' need record=FILE or stream");
            }
            return null;
        }
        return plan;
    }

    /** A length of time such as {@code 90}, {@code 90s}, {@code 5m}, {@code 1h}, in milliseconds; 0 if not given. */
    private static long millis(String key, @Nullable String value) throws BadOption {
        if (value == null) {
            return 0;
        }
        // Compiled here, since most starts have no time to read.
        Matcher matcher =
                Pattern.compile("(\\d{1,9})(ms|s|m|h|)").matcher(value.strip().toLowerCase(Locale.ROOT));
        long count = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (count == 0) {
            throw new BadOption("option '" + key + "' is a time such as 30s, 5m or 1h, not '" + value + "'");
        }
        return count
                * switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 1000;
                };
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

    private static long bytes(String key, String value) throws BadOption {
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
            throw new BadOption(
                    "option '" + key + "' is a number of bytes such as 65536, 64k or 1m, not '" + value + "'");
        }
        throw new BadOption("option '" + key + "' is a number of bytes from 1 up, not '" + value + "'");
    }

    private static boolean flag(String key, @Nullable String value) throws BadOption {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.isEmpty() || value.equals("true")) {
            return true;
        }
        throw new BadOption("option '" + key + "' is true or false, not '" + value + "'");
    }
}
