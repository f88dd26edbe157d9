package iopath.analyzer.command;

import iopath.analyzer.render.Look;
import iopath.analyzer.summarize.Moment;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the place that output goes to can show. */
final class Voice {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** Rows and columns, as {@code stty size} has them. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})");

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

    /** How a text may look on standard output: as wide as its terminal is, and coloured unless NO_COLOR asks for none. */
    static Look look() {
        String type = System.getenv("TERM");
        if (!goesToTerminal() || type == null || type.isEmpty() || type.equals("dumb")) {
            return Look.PLAIN;
        }
        String none = System.getenv("NO_COLOR");
        int width = columns();
        return new Look(width > 0 ? width : Look.PLAIN.width(), none == null || none.isEmpty());
    }

    /** Columns of the terminal that standard output goes to; 0 if it does not tell. */
    private static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/proc/self/fd/1").toRealPath().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(said.strip());
            return size.matches() ? Integer.parseInt(size.group(1)) : 0;
        } catch (IOException e) {
            return 0; // no stty, or no terminal after all: as wide as a pipe
        }
    }

    /** The time of day of a moment, here. */
    static String time(Moment moment) {
        Instant instant = moment.nanos() != 0 ? Instant.ofEpochSecond(0, moment.nanos()) : Instant.now();
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
