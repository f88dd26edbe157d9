package iopath.analyzer.command;

import iopath.analyzer.summarize.Moment;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;

/** What the place that output goes to can show. */
final class Voice {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Voice() {}

    /** Whether block characters are shown as such. */
    static boolean isUnicode() {
        // Which of them is set depends on the JDK, and on whether this is a terminal.
        return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
                .map(System::getProperty)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst()
                .orElse(Charset.defaultCharset().name())
                .toUpperCase(Locale.ROOT)
                .startsWith("UTF");
    }

    /** Whether a person looks, and types. */
    static boolean isTerminal() {
        Console console = System.console();
        String type = System.getenv("TERM");
        if (console == null || type == null || type.isEmpty() || type.equals("dumb")) {
            return false;
        }
        try {
            // From JDK 22 on there is a console for a file as well, and a method that tells.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Whether standard output is a terminal, whatever standard input is. */
    static boolean goesToTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return System.console() != null;
        }
    }

    /** The time of day of a moment, here. */
    static String time(Moment moment) {
        Instant instant = moment.nanos() != 0 ? Instant.ofEpochSecond(0, moment.nanos()) : Instant.now();
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
