package iopath.demo.kafka;

import iopath.demo.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All processes of the demo, none of which outlives it. */
final class Children implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 30;

    private static final Pattern ERROR = Pattern.compile("\\b(?i:error|fatal)\\b|Exception");

    private final Queue<Process> started = new ConcurrentLinkedQueue<>();
    private final Thread atExit;
    private volatile boolean stopping;
    private final Path logs;

    /** If this JVM is told to stop, the processes end first; then the last thing is done. */
    Children(Path logs, Runnable last) {
        this.logs = logs;
        atExit = new Thread(() -> {
            stopping = true;
            endAll();
            last.run();
        });
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts a program whose output goes to a log of the given name. */
    Process start(String name, List<String> command) throws IOException {
        Process process = ChildJvm.withoutJavaOptions(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
        started.add(process);
        process.getOutputStream().close();
        return process;
    }

    /** Runs a program to its end; the answer is what it printed. */
    String run(String name, List<String> command) throws IOException, InterruptedException, DemoException {
        await(name, start(name, command), null);
        return Files.readString(log(name), StandardCharsets.UTF_8);
    }

    /** The same, for as long as the broker that the program talks to is alive. */
    String run(String name, List<String> command, Broker broker)
            throws IOException, InterruptedException, DemoException {
        await(name, start(name, command), broker);
        return Files.readString(log(name), StandardCharsets.UTF_8);
    }

    private void await(String name, Process process, @Nullable Broker broker)
            throws IOException, InterruptedException, DemoException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            if (broker != null) {
                broker.checkAlive();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new DemoException(name + " did not end within " + PATIENCE_MINUTES + " minutes");
            }
        }
        if (process.exitValue() != 0) {
            throw failed(name, "ended with exit code " + process.exitValue());
        }
    }

    /** A failure with the line of the program's log that names it best: the first about an error, else the last. */
    DemoException failed(String name, String what) throws IOException {
        if (stopping) {
            return new DemoException("stopped");
        }
        List<String> lines = Files.readAllLines(log(name), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .toList();
        String last = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        String line =
                lines.stream().filter(l -> ERROR.matcher(l).find()).findFirst().orElse(last);
        return new DemoException(name + " " + what + ": " + line.strip());
    }

    Path log(String name) {
        return logs.resolve(name + ".log");
    }

    private void endAll() {
        for (Process process : started) {
            // The descendants first: a tracer that is killed lets go of what it traces.
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.add(process.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(handle -> handle.onExit().join());
        }
    }

    @Override
    public void close() {
        endAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
