package iopath.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of the packaged command line in a process of its own. */
public final class Cli {

    private static final int PATIENCE_MINUTES = 5;

    private final Process process;
    private final Path out;
    private final Path err;

    private Cli(Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
        out = Files.createTempFile(folder, "cli", ".out");
        err = Files.createTempFile(folder, "cli", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-jar", Artefacts.analyzer().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Starts {@code iopath} with these arguments, in a folder. */
    public static Cli start(Path folder, String... arguments) throws IOException {
        return new Cli(folder, Map.of(), Arrays.asList(arguments));
    }

    /** Runs {@code iopath} to its end, with these environment variables on top of ours. */
    public static Cli run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Cli cli = new Cli(folder, environment, Arrays.asList(arguments));
        cli.process.waitFor();
        return cli;
    }

    /** Runs it with its standard output, by a shell, to something else; returns its exit code. */
    static int into(String redirection, Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "\"$@\" " + redirection,
                "sh",
                Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-jar", Artefacts.analyzer().toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("into.err").toFile())
                .start()
                .waitFor();
    }

    /** Runs it to its end. */
    public static Cli run(Path folder, String... arguments) throws IOException, InterruptedException {
        Cli cli = start(folder, arguments);
        cli.code();
        return cli;
    }

    public Process process() {
        return process;
    }

    /** Its exit code, once it has ended; it is no test's wish to wait for more than minutes. */
    public int code() throws InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("iopath has not ended in " + PATIENCE_MINUTES + " minutes");
        }
        return process.exitValue();
    }

    public String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    public String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }
}
