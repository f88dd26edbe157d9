package iopath.analyzer.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** SIGQUIT, by which a HotSpot JVM is made to open its attach socket; any other process it would end. */
final class Quit {
    private static final long SIGNAL_BIT = 1 << 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<Path> PROGRAMS = List.of(Path.of("/bin/kill"), Path.of("/usr/bin/kill"));

    private Quit() {}

    /** Whether a process has a handler for it. */
    static boolean isCaught(Proc proc, long pid) {
        return proc.text(pid, "status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("SigCgt:"))
                .map(line -> line.substring("SigCgt:".length()).strip())
                .filter(mask -> mask.matches("[0-9a-f]{1,16}"))
                .allMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGNAL_BIT) != 0);
    }

    /** Says no for a process that cannot answer now. */
    static void check(long pid) throws IOException {
        Optional<ProcessFacts> facts = ProcessFacts.of(Proc.host(), pid);
        if (facts.isEmpty() || facts.get().isEnded()) {
            throw new IOException("it has ended");
        }
        if (facts.get().isStopped()) {
            throw new IOException("it is stopped by a signal or a debugger; kill -CONT " + pid + " lets it go on");
        }
    }

    /** Sends it to a JVM that has a handler for it. */
    static void send(long pid) throws IOException {
        if (!isCaught(Proc.host(), pid)) {
            throw new IOException("it has no attach socket, and does not catch SIGQUIT (-Xrs)");
        }
        Optional<Path> kill = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
        if (kill.isEmpty()) {
            byJdk(pid);
            return;
        }
        Process program = new ProcessBuilder(kill.get().toString(), "-QUIT", Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || program.exitValue() != 0) {
                program.destroyForcibly();
                throw new IOException("it cannot be sent a signal");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Where there is no program for it, as in an image with a JDK and nothing else. */
    private static void byJdk(long pid) throws IOException {
        Knock.answer(
                () -> {
                    try {
                        VirtualMachine.attach(Long.toString(pid)).detach();
                    } catch (AttachNotSupportedException e) {
                        throw new IOException(e.getMessage(), e);
                    }
                    return true;
                },
                PATIENCE);
    }
}
