package iopath.analyzer.attach;

import iopath.analyzer.event.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that has the agent and a recording, if need be by a load of ours, which is undone at the end.
 *
 * @param folder where its JFR keeps its data
 * @param loaded what has to be undone, {@code null} if nothing was loaded
 */
record LiveTarget(
        HeldFolder folder,
        Jvm jvm,
        ProcessHandle process,
        @Nullable Attachment loaded) implements LiveSource {

    /** Kept for a short time, for it is only looked at; ends by itself if nobody does. */
    private static final String STREAM = "stream,maxage=2m,duration=12h,once,";

    /** Reaches the JVM with a process id, and has it record if nobody does. */
    static LiveTarget of(long pid, String options) throws UnreachableException, IOException {
        Attachment attachment = Attachment.to(pid);
        HeldFolder repository = null;
        boolean recorded = false;
        boolean made = false;
        try {
            // JFR names its repository for as long as the JVM lives, whether anybody records or not.
            repository = attachment.repository();
            recorded = attachment.state().isRecorded() && repository != null;
            if (recorded && !options.isEmpty()) {
                throw new UnreachableException(
                        "process " + pid + " is recorded already, with options of its own; leave " + options
                                + " away, or end that recording first");
            }
            if (!recorded) {
                attachment.load(STREAM + attachment.watched() + (options.isEmpty() ? "" : "," + options));
                close(repository);
                repository = attachment.repository();
            }
            if (repository == null) {
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
            if (!made) {
                close(repository);
            }
            if (recorded || !made) {
                attachment.close();
            }
        }
    }

    private static void close(@Nullable HeldFolder folder) throws IOException {
        if (folder != null) {
            folder.close();
        }
    }

    @Override
    public Path repository() {
        return folder.path();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    @SuppressWarnings("try") // The resources are closed, not used.
    public void close() throws IOException {
        Attachment undo = loaded;
        try (folder;
                undo) {
            if (undo != null) {
                undo.load("stop");
            }
        } catch (UnreachableException e) {
            // It has ended, and took everything with it.
            return;
        }
    }
}
