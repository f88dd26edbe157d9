package iopath.analyzer.attach;

import iopath.analyzer.event.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JVM with the agent that somebody records: nothing is loaded, started or stopped there. */
public record LiveTarget(Path repository, Jvm jvm, ProcessHandle process) implements LiveSource {

    /** Looks at the JVM with a process id. */
    public static LiveTarget of(long pid) throws UnreachableException, IOException {
        try (Attachment attachment = Attachment.to(pid)) {
            if (!attachment.state().attached()) {
                throw new UnreachableException(
                        "process " + pid + " has no iopath agent; iopath attach " + pid + " puts it in");
            }
            Path repository = attachment.repository();
            if (repository == null || !Files.isDirectory(repository)) {
                throw new UnreachableException(
                        "no recording runs in process " + pid + "; jcmd " + pid + " JFR.start starts one");
            }
            ProcessHandle process = ProcessHandle.of(pid)
                    .orElseThrow(() -> new UnreachableException("process " + pid + " has just ended"));
            return new LiveTarget(
                    repository,
                    RunningJvm.of(pid, attachment.property("sun.java.command"), attachment.property("java.version")),
                    process);
        }
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        // Nothing was left in the target.
    }
}
