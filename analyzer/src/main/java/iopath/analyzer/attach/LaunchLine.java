package iopath.analyzer.attach;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line of the {@code java} launcher, taken apart as the launcher does it.
 *
 * @param options all before the main class, without the launcher
 * @param main the main class, or the jar; {@code null} if an argument file may hold it
 * @param module the module of the main class
 * @param isComplete whether no argument file hides options
 */
record LaunchLine(
        List<String> options,
        @Nullable String main,
        @Nullable String module,
        boolean isComplete) {

    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--patch-module",
            "--enable-native-access",
            "--illegal-native-access",
            "--source");

    static LaunchLine of(List<String> commandLine) {
        List<String> options = new ArrayList<>();
        boolean complete = true;
        for (int i = 1; i < commandLine.size(); i++) {
            String word = commandLine.get(i);
            String next = i + 1 < commandLine.size() ? commandLine.get(i + 1) : null;
            if (word.equals("-jar")) {
                return new LaunchLine(options, next == null ? null : fileName(next), null, complete);
            }
            if (word.equals("-m") || word.equals("--module")) {
                return ofModule(options, next, complete);
            }
            if (word.startsWith("--module=")) {
                return ofModule(options, word.substring("--module=".length()), complete);
            }
            if (word.startsWith("@")) {
                complete = false;
            } else if (!word.startsWith("-")) {
                // Behind an argument file this may as well be the first argument of the main class in it.
                return new LaunchLine(options, complete ? fileName(word) : null, null, complete);
            } else if (WITH_VALUE.contains(word) && next != null) {
                options.add(word + "=" + next);
                i++;
            } else {
                options.add(word);
            }
        }
        return new LaunchLine(options, null, null, complete);
    }

    private static LaunchLine ofModule(List<String> options, @Nullable String value, boolean complete) {
        if (value == null) {
            return new LaunchLine(options, null, null, complete);
        }
        int slash = value.indexOf('/');
        return slash < 0
                ? new LaunchLine(options, value, value, complete)
                : new LaunchLine(options, value.substring(slash + 1), value.substring(0, slash), complete);
    }

    /** A class has no slashes; a jar or a source file is shown without its folder. */
    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
