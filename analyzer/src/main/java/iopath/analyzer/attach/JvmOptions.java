package iopath.analyzer.attach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options that a JVM was started with, wherever they came from.
 *
 * @param words in the order in which they take effect
 * @param isComplete whether there can be no others
 */
record JvmOptions(List<String> words, boolean isComplete) {

    /** By the command line and the environment; what those leave open, the JVM's own counters tell. */
    static JvmOptions of(Proc proc, ProcessFacts process, LaunchLine line, PerfData perf) {
        Optional<List<String>> environment = proc.words(process.pid(), "environ");
        List<String> words = new ArrayList<>();
        words.addAll(variable(environment, "JAVA_TOOL_OPTIONS"));
        words.addAll(variable(environment, "JDK_JAVA_OPTIONS"));
        words.addAll(line.options());
        words.addAll(variable(environment, "_JAVA_OPTIONS"));
        boolean complete = line.isComplete()
                && environment.isPresent()
                && process.program().equals("java")
                && words.stream().noneMatch(JvmOptions::namesFile);
        if (!complete) {
            Optional<String> told = perf.text("java.rt.vmArgs");
            List<String> flags =
                    perf.text("java.rt.vmFlags").map(JvmOptions::split).orElse(List.of());
            words.addAll(0, flags);
            words.addAll(told.map(JvmOptions::split).orElse(List.of()));
            complete =
                    told.isPresent() || perf.text("java.property.java.version").isPresent();
        }
        return new JvmOptions(List.copyOf(words), complete);
    }

    /** The value of a switch such as {@code -XX:+Name}; the last one counts. */
    boolean isOn(String name, boolean otherwise) {
        boolean on = otherwise;
        for (String word : words) {
            if (word.equals("-XX:+" + name)) {
                on = true;
            } else if (word.equals("-XX:-" + name)) {
                on = false;
            }
        }
        return on;
    }

    /** What follows a prefix; the last one counts. */
    Optional<String> value(String prefix) {
        return values(prefix).reduce((first, second) -> second);
    }

    /** The names in all comma lists that follow a prefix. */
    List<String> names(String prefix) {
        return values(prefix)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .filter(name -> !name.isBlank())
                .toList();
    }

    private Stream<String> values(String prefix) {
        return words.stream().filter(word -> word.startsWith(prefix)).map(word -> word.substring(prefix.length()));
    }

    private static boolean namesFile(String word) {
        return word.startsWith("@") || word.startsWith("-XX:VMOptionsFile=") || word.startsWith("-XX:Flags=");
    }

    private static List<String> variable(Optional<List<String>> environment, String name) {
        return environment.orElse(List.of()).stream()
                .filter(entry -> entry.startsWith(name + "="))
                .findFirst()
                .map(entry -> split(entry.substring(name.length() + 1)))
                .orElse(List.of());
    }

    /** At white space outside quotes; the quotes go. */
    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char c : (text + " ").toCharArray()) {
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
