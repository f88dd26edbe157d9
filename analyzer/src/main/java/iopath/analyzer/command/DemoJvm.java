package iopath.analyzer.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Starts the programs of the demo jar, each in a JVM of its own, of the JDK that runs this one. */
final class DemoJvm {
    /** Nothing but iopath's events, and the CPU's: some 130 kB for a demo, on JDK 17 to 25. */
    private static final String SETTINGS = "settings=none,+jdk.CPULoad#enabled=true,+jdk.CPUInformation#enabled=true";

    private final Path agent;
    private final Path demos;

    DemoJvm(Home home) throws CommandException {
        this.agent = home.agent();
        this.demos = home.demos();
    }

    /** A line of the demo jar's list. */
    record Entry(String name, String pair, String role, String moral) {
        private static Entry of(String line) throws CommandException {
            String[] parts = line.split("\t", -1);
            if (parts.length != 4) {
                throw new CommandException(ExitCode.FAILED, "the demo jar lists '" + line + "'; build it anew");
            }
            return new Entry(parts[0], parts[1], parts[2], parts[3]);
        }
    }

    /** All demos, in their order. */
    List<Entry> list() throws CommandException {
        List<String> lines = new ArrayList<>();
        int code = run(java("-cp", demos.toString(), "iopath.demo.Demos", "list"), lines::add);
        if (code != 0) {
            throw new CommandException(ExitCode.FAILED, "the demo jar cannot list its demos; build it anew");
        }
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            entries.add(Entry.of(line));
        }
        return entries;
    }

    /** Runs one under the agent, with a recording; returns its exit code. */
    int record(String name, Path recording, Consumer<String> line) throws CommandException {
        return run(
                java(
                        "-javaagent:" + agent,
                        "-XX:StartFlightRecording:filename=" + recording + "," + SETTINGS,
                        "-jar",
                        demos.toString(),
                        "run",
                        name),
                said -> {
                    // JFR says on standard output that it has started, whatever -Xlog is told.
                    if (!said.contains("[jfr,startup]")) {
                        line.accept(said);
                    }
                });
    }

    /** Runs the comparison on a real broker, on this terminal. */
    int kafka(Path analyzer, List<String> options) throws CommandException {
        List<String> command = java(
                "-cp",
                demos.toString(),
                "iopath.demo.kafka.KafkaDemo",
                "--agent",
                agent.toString(),
                "--iopath",
                analyzer.toString());
        command.addAll(options);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw cannotStart(command, e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        command.add(Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java")
                .toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static int run(List<String> command, Consumer<String> line) throws CommandException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        } catch (IOException e) {
            throw cannotStart(command, e);
        }
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), Charset.defaultCharset()))) {
            for (String said = output.readLine(); said != null; said = output.readLine()) {
                line.accept(said);
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "lost the output of " + command.get(0) + " (" + e + ")");
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            process.destroy();
        }
    }

    private static CommandException cannotStart(List<String> command, IOException e) {
        return new CommandException(
                ExitCode.FAILED, "cannot start " + command.get(0) + " (" + e.getMessage() + "); is this a whole JDK?");
    }

    private static CommandException interrupted() {
        Thread.currentThread().interrupt();
        return new CommandException(ExitCode.FAILED, "interrupted");
    }
}
