package iopath.agent.emit;

import iopath.agent.aggregate.Unseen;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.MappedFile;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what is known of bytes that no hook follows as events. */
public final class BlindSpots {

    /** Mapped files that are told, the largest; each is looked up by its name. */
    private static final int MOST_FILES = 32;

    private final Endpoints endpoints;
    private volatile @Nullable Unseen unseen;
    private Consumer<Runnable> uncounted = Runnable::run;

    BlindSpots(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * Begins to tell what this has.
     *
     * @param agentsWork runs what reads files for the agent, so that nobody counts it
     */
    public void of(Unseen counted, Consumer<Runnable> agentsWork) {
        uncounted = agentsWork;
        unseen = counted;
    }

    /** Notes the files that are mapped now, whoever has mapped them. */
    void look() {
        Unseen counted = unseen;
        if (counted != null) {
            uncounted.accept(() -> look(counted));
        }
    }

    private void look(Unseen counted) {
        int told = 0;
        List<MappedFile> files = MappedFile.all().stream()
                .filter(file -> !file.copied())
                .sorted(Comparator.comparingLong(MappedFile::size).reversed())
                .toList();
        for (MappedFile file : files) {
            String name = told < MOST_FILES ? endpoints.applicationsFile(file.path()) : null;
            if (name != null) {
                told++;
                // The kernel maps whole pages.
                counted.mapped(name, Math.min(file.size(), endpoints.size(file.path())));
            }
        }
    }

    synchronized void emit() {
        for (Unseen.Row row : drain()) {
            UnseenEvent event = new UnseenEvent();
            event.kind = row.kind().text();
            event.name = row.name();
            event.bytes = row.bytes();
            event.followed = row.followed();
            event.commit();
        }
    }

    /** Forgets what was counted outside of any recording. */
    synchronized void discard() {
        drain();
    }

    private List<Unseen.Row> drain() {
        Unseen counted = unseen;
        return counted == null ? List.of() : counted.drain();
    }
}
