package iopath.analyzer.attach;

import iopath.analyzer.event.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that has the agent and a recording, if need be by a load of ours, which is undone at the end.
 *
 * @param loaded what has to be undone, {@code null} if nothing was loaded
 */
public record LiveTarget(
        Path repository,
        Jvm jvm,
        ProcessHandle process,
        @Nullable Attachment loaded) implements LiveSource {

    /** Kept for a short time, for it is only looked at; ends by itself if nobody does. */
    private static final String STREAM = "stream,maxage=2m,duration=12h,once";

    /** Reaches the JVM with a process id, and has it record if nobody does. */
    public static LiveTarget of(long pid) throws UnreachableException, IOException {
        Attachment attachment = Attachment.to(pid);
        boolean kept = false;
        try {
            Path repository = attachment.repository();
            boolean recorded = attachment.state().attached() && repository != null && Files.isDirectory(repository);
            if (!recorded) {
                attachment.load(STREAM);
                repository = attachment.repository();
                kept = true;
            }
            if (repository == null || !Files.isDirectory(repository)) {
                throw new UnreachableException(
                        "process " + pid + " shows no recording to follow; iopath doctor " + pid + " may say why");
            }
            ProcessHandle process = ProcessHandle.of(pid)
                    .orElseThrow(() -> new UnreachableException("process " + pid + " has just ended"));
            return new LiveTarget(
                    repository,
                    RunningJvm.of(pid, attachment.property("sun.java.command"), attachment.property("java.version")),
                    process,
                    kept ? attachment : null);
        } finally {
            if (!kept) {
                attachment.close();
            }
        }
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        Attachment undo = loaded;
        if (undo != null) {
            try (undo) {
                undo.load("stop");
            } catch (UnreachableException e) {
                // It has ended, and took everything with it.
                return;
            }
        }
    }
}
