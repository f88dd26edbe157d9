package iopath.demo.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the demo.
 *
 * @param agent null if the broker is to run without it
 * @param analyzer null if there is nothing to report on
 * @param bytes of record values to produce
 * @param directory null for a temporary one
 * @param pairs of passes with and without a recording, to tell what it costs; 0 to compare ways instead
 * @param minutes to produce and consume for, to tell what memory it takes; 0 to compare ways instead
 */
record Options(
        @Nullable Path agent,
        @Nullable Path analyzer,
        long bytes,
        @Nullable Path directory,
        boolean strace,
        int pairs,
        int minutes) {
    /** {@code iopath demo kafka} names the two jars itself. */
    static final String USAGE = "usage: kafka [--gb N] [--dir DIR] [--strace | --pairs N | --minutes N]"
            + " (--agent AGENT.jar --iopath IOPATH.jar | --without-agent)";

    private static final double BYTES_PER_GB = 1e9;

    static Options parse(String[] arguments) {
        Path agent = null;
        Path analyzer = null;
        Path directory = null;
        double gigabytes = 1;
        boolean without = false;
        boolean strace = false;
        int pairs = 0;
        int minutes = 0;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--agent" -> agent = jar(value(arguments, ++i));
                case "--iopath" -> analyzer = jar(value(arguments, ++i));
                case "--dir" -> directory = Path.of(value(arguments, ++i)).toAbsolutePath();
                case "--gb" -> gigabytes = gigabytes(value(arguments, ++i));
                case "--without-agent" -> without = true;
                case "--strace" -> strace = true;
                case "--pairs" -> pairs = number(arguments, ++i, 2, 1000);
                case "--minutes" -> minutes = number(arguments, ++i, 1, 10_000);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (!without && (agent == null || analyzer == null)) {
            throw new IllegalArgumentException("want --agent with --iopath, or --without-agent");
        }
        if (pairs > 0 && (without || strace)) {
            throw new IllegalArgumentException("--pairs goes with --agent, and without --strace");
        }
        if (minutes > 0 && (pairs > 0 || strace)) {
            throw new IllegalArgumentException("--minutes goes without --pairs and --strace");
        }
        long bytes = (long) (gigabytes * BYTES_PER_GB);
        return new Options(without ? null : agent, without ? null : analyzer, bytes, directory, strace, pairs, minutes);
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " wants a value");
        }
        return arguments[index];
    }

    /** Absolute, as other processes are to find it. */
    private static Path jar(String text) {
        Path jar = Path.of(text).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("no file " + jar);
        }
        return jar;
    }

    private static int number(String[] arguments, int index, int least, int most) {
        String text = value(arguments, index);
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                arguments[index - 1] + " wants a number from " + least + " to " + most + ", not " + text);
    }

    private static double gigabytes(String text) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--gb wants a number, not " + text, e);
        }
        if (!(value >= 0.01 && value <= 1000)) {
            throw new IllegalArgumentException("--gb wants a number from 0.01 to 1000, not " + text);
        }
        return value;
    }
}
