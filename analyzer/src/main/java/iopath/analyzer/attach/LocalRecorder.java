package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Records a JVM of this host through its attach interface. */
public final class LocalRecorder implements Recorder {
    private final Attachment attachment;
    private @Nullable HeldFolder repository;
    private boolean leaves;

    private LocalRecorder(Attachment attachment) {
        this.attachment = attachment;
    }

    /** Reaches a JVM; loads nothing yet. */
    public static LocalRecorder of(long pid) throws UnreachableException {
        return new LocalRecorder(Attachment.to(pid));
    }

    @Override
    public String name() {
        return "process " + attachment.pid();
    }

    @Override
    public AgentState begin(Duration duration, String options) throws UnreachableException {
        AgentState state = attachment.record(duration.toMillis() + "ms", options);
        leaves = state.answer().startsWith("attached");
        repository = attachment.repository();
        return state;
    }

    @Override
    public AgentState state() throws UnreachableException {
        return attachment.state();
    }

    @Override
    public boolean goesOn(AgentState state) {
        return leaves ? state.attached() : state.recording();
    }

    @Override
    public boolean isAlive() {
        return ProcessHandle.of(attachment.pid()).isPresent();
    }

    @Override
    public boolean isStopped() {
        return ProcessFacts.of(Proc.host(), attachment.pid())
                .filter(ProcessFacts::isStopped)
                .isPresent();
    }

    @Override
    public void stop() throws UnreachableException {
        attachment.load("stop");
    }

    @Override
    public boolean take(Path to) throws IOException {
        HeldFolder left = repository;
        return attachment.take(to) || left != null && Attachment.salvage(left, to);
    }

    @Override
    public String remedy() {
        return "iopath detach " + attachment.pid() + " ends it";
    }

    @Override
    @SuppressWarnings("try") // The resources are closed, not used.
    public void close() throws IOException {
        try (attachment;
                HeldFolder held = repository) {
            repository = null;
        }
    }
}
