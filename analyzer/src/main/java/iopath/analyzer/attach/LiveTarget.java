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
        boolean recorded = false;
        boolean made = false;
        try {
            // JFR names its repository for as long as the JVM lives, whether anybody records or not.
            recorded = attachment.state().isRecorded() && isThere(attachment.repository());
            if (!recorded) {
                attachment.load(STREAM);
            }
            Path repository = attachment.repository();
            if (repository == null || !Files.isDirectory(repository)) {
                throw new UnreachableException(
                        "process " + pid + " shows no recording to follow; iopath doctor " + pid + " may say why");
            }
            ProcessHandle process = ProcessHandle.of(pid)
                    .orElseThrow(() -> new UnreachableException("process " + pid + " has just ended"));
            LiveTarget target = new LiveTarget(
                    repository,
                    RunningJvm.of(pid, attachment.property("sun.java.command"), attachment.property("java.version")),
                    process,
                    recorded ? null : attachment);
            made = true;
            return target;
        } finally {
            if (recorded || !made) {
                attachment.close();
            }
        }
    }

    private static boolean isThere(@Nullable Path repository) {
        return repository != null && Files.isDirectory(repository);
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
