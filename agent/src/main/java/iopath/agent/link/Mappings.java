package iopath.agent.link;

import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which file a mapped buffer shows.
 *
 * <p>A fixed table from the identity of a mapping ({@link Memory#mapping}) to the row of its file; mappings are held
 * weakly. One that was made before the agent, or pushed out by another, is not found.
 */
public final class Mappings {

    private static final int SIZE = 4096;
    private static final int PROBES = 4;

    private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(SIZE);

    /** Remembers the file of a mapping. {@code copied} tells that writes to it do not reach the file. */
    public void add(FileDescriptor mapping, int endpoint, boolean copied) {
        int home = System.identityHashCode(mapping);
        int slot = home;
        for (int i = 0; i < PROBES; i++) {
            Entry entry = entries.get((home + i) % SIZE);
            if (entry == null || entry.refersTo(null)) {
                slot = home + i;
                break;
            }
        }
        entries.set(slot % SIZE, new Entry(mapping, endpoint, copied));
    }

    /** The entry of a mapping, or {@code null}. */
    public @Nullable Entry find(FileDescriptor mapping) {
        int home = System.identityHashCode(mapping);
        for (int i = 0; i < PROBES; i++) {
            Entry entry = entries.get((home + i) % SIZE);
            if (entry != null && entry.refersTo(mapping)) {
                return entry;
            }
        }
        return null;
    }

    /** A mapping's file. */
    public static final class Entry extends WeakReference<FileDescriptor> {

        private final int endpoint;
        private final boolean copied;

        Entry(FileDescriptor mapping, int endpoint, boolean copied) {
            super(mapping);
            this.endpoint = endpoint;
            this.copied = copied;
        }

        /** Row of the file. */
        public int endpoint() {
            return endpoint;
        }

        /** Whether the mapping is private: it may hold other bytes than the file. */
        public boolean copied() {
            return copied;
        }
    }
}
