package iopath.agent.endpoint;

import iopath.agent.classify.EndpointKind;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The table from descriptor to endpoint.
 *
 * <p>A look-up is an array read and an identity check. The first operation on a descriptor resolves its name, which
 * costs a few microseconds on the thread that does it. Names are bounded: past the bound a new one is counted as
 * {@code (other)} of its kind. Descriptors are held weakly, so a leaked one is still closed by the JDK's cleaner.
 * Thread-safe without locks.
 */
public final class Endpoints {

    /** Rows at most; a row number fits 12 bits. */
    public static final int LIMIT = 4096;

    /** Name of the row that stands for all endpoints past the bound. */
    public static final String OTHER = "(other)";

    /** The application itself. */
    public static final Endpoint MEMORY = new Endpoint(0, EndpointKind.MEMORY, null, false, 0, false);

    /** Stands for a descriptor of which only the number is known: it has just been accepted, or a ring uses it. */
    private static final Object NUMBER = new Object();

    /** Row of the files past the bound that are not regular; that of regular ones is the kind's own. */
    private static final int OTHER_DEVICES = 4;

    private static final int FIRST_FREE = 5;
    private static final int FEW_DESCRIPTORS = 1024;
    private static final int MOST_DESCRIPTORS = 1 << 21;

    private final AtomicReferenceArray<@Nullable Endpoint> rows = new AtomicReferenceArray<>(LIMIT);

    /** By descriptor number. An entry is immutable, so that it may be read without a fence. */
    private volatile @Nullable Entry[] entries = new Entry[FEW_DESCRIPTORS];

    /** How often watching has begun: what was closed in between was not seen. */
    private volatile int epoch;

    private final AtomicInteger used = new AtomicInteger(FIRST_FREE);
    private final AtomicInteger folded = new AtomicInteger();
    private final LongAdder runtimeBytes = new LongAdder();
    private final int bound;
    private final Namer namer;

    /** A table with names by {@code namer} and at most {@code bound} rows, 8 to {@link #LIMIT}. */
    public Endpoints(Namer namer, int bound) {
        this.namer = namer;
        this.bound = Math.min(bound, LIMIT * 7 / 8);
        rows.set(0, MEMORY);
        for (EndpointKind kind : EndpointKind.values()) {
            if (kind != EndpointKind.MEMORY) {
                rows.set(kind.ordinal(), other(kind.ordinal(), kind, kind == EndpointKind.FILE));
            }
        }
        rows.set(OTHER_DEVICES, other(OTHER_DEVICES, EndpointKind.FILE, false));
    }

    /** The endpoint behind a descriptor, resolved at its first use. */
    public Endpoint of(FileDescriptor fd) {
        return of(fd, null);
    }

    /**
     * The endpoint behind a descriptor that a stream reads by.
     *
     * @param memory what it reads into, which belongs to one reader: for as long as the same one comes again nobody asks
     *     who reads an archive; {@code null} to ask each time
     */
    public Endpoint of(FileDescriptor fd, @Nullable Object memory) {
        int number = JdkInternals.number(fd);
        @Nullable Entry[] known = entries;
        if (number >= 0 && number < known.length) {
            Entry entry = known[number];
            if (entry != null && entry.refersTo(fd)) {
                Endpoint endpoint = entry.endpoint;
                return endpoint.shared() ? ofReader(entry, memory) : endpoint;
            }
        }
        Namer.Name name = name(Question.DESCRIPTOR, fd, number);
        // java.util.zip reads so, and has one descriptor for all who open an archive.
        return memory != null && name.archive() ? shared(fd, number, name, memory) : remember(fd, number, name);
    }

    /**
     * The endpoint behind a descriptor of a native library.
     *
     * @param descriptor the object that stands for it as long as it is open
     */
    public Endpoint of(Object descriptor, int number) {
        @Nullable Entry[] known = entries;
        if (number >= 0 && number < known.length) {
            Entry entry = known[number];
            if (entry != null && entry.refersTo(descriptor)) {
                return entry.endpoint;
            }
            if (entry != null && entry.since == epoch && entry.refersTo(NUMBER)) {
                known[number] = new Entry(descriptor, entry.endpoint, epoch);
                return entry.endpoint;
            }
        }
        return remember(descriptor, number, name(Question.DESCRIPTOR, JdkInternals.descriptor(number), number));
    }

    /** Makes the endpoint of a socket known that a native library has accepted, and has no object for yet. */
    public void acceptedNumber(int number) {
        remember(NUMBER, number, name(Question.ACCEPTED, JdkInternals.descriptor(number), number));
    }

    /**
     * The endpoint behind a descriptor of which only the number is known, that is open and that native libraries close
     * by {@link #closed} if they do.
     */
    public Endpoint ofOpen(int number) {
        @Nullable Entry[] known = entries;
        if (number >= 0 && number < known.length) {
            Entry entry = known[number];
            if (entry != null && entry.isOpen(number, epoch)) {
                return entry.endpoint;
            }
        }
        return remember(NUMBER, number, name(Question.DESCRIPTOR, JdkInternals.descriptor(number), number));
    }

    /** Forgets a descriptor that a native library closes. */
    public void closed(int number) {
        @Nullable Entry[] known = entries;
        if (number >= 0 && number < known.length) {
            known[number] = null;
        }
    }

    /** Watching begins: what was closed before was not told. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread switches
    public void resume() {
        epoch++;
    }

    /** The endpoint behind a descriptor that is open just now and that only native code uses. */
    public Endpoint ofNumber(int number) {
        return intern(name(Question.NUMBER, "", number));
    }

    /** The endpoint of a file that is not open. */
    public Endpoint ofPath(String path) {
        return intern(name(Question.PATH, path, 0));
    }

    /** The name of a regular file that need not be open; {@code null} if it is the Java runtime's. */
    public @Nullable String applicationsFile(String path) {
        Namer.Name name = name(Question.PATH, path, 0);
        return name.ignored() || !name.regular() ? null : name.text();
    }

    /** The size of the open file {@code number} in bytes; 0 if it cannot be had. */
    public long size(int number) {
        return size(Namer.link(number));
    }

    /** The size of a file in bytes; 0 if it cannot be had. */
    public long size(String path) {
        return size(Path.of(path));
    }

    /** Makes the endpoint of an accepted socket known, by the address it was accepted at. */
    public void accepted(FileDescriptor fd) {
        remember(fd, JdkInternals.number(fd), name(Question.ACCEPTED, fd, 0));
    }

    /** Makes the endpoint of a connected channel known, by the address it asked for. */
    public void connected(Object channel, FileDescriptor fd) {
        remember(fd, JdkInternals.number(fd), name(Question.CONNECTED, channel, 0));
    }

    /** The endpoint of a row. */
    public Endpoint row(int id) {
        Endpoint row = rows.get(id);
        return row == null ? MEMORY : row;
    }

    /** The row that stands for all endpoints of a kind past the bound; of files, for the regular ones. */
    public Endpoint other(EndpointKind kind) {
        return row(kind.ordinal());
    }

    private static Endpoint other(int id, EndpointKind kind, boolean regular) {
        return new Endpoint(id, kind, OTHER, regular, 0, false);
    }

    /** How many descriptors were counted under {@link #OTHER}. */
    public int folded() {
        return folded.get();
    }

    /** Counts bytes that were moved on an {@linkplain Endpoint#ignored ignored} endpoint. */
    public void ignored(long bytes) {
        runtimeBytes.add(bytes);
    }

    /** Bytes that the Java runtime has moved for itself, which are in no total. */
    public long runtimeBytes() {
        return runtimeBytes.sum();
    }

    private Endpoint remember(Object fd, int number, Namer.Name name) {
        if (name.archive() && name.ignored() && fd instanceof FileDescriptor) {
            return shared(fd, number, name, null);
        }
        Endpoint endpoint = intern(name);
        enter(number, new Entry(fd, endpoint, epoch));
        return endpoint;
    }

    /** Remembers an archive, and answers for who reads it just now. */
    private Endpoint shared(Object fd, int number, Namer.Name name, @Nullable Object memory) {
        Shared entry = new Shared(fd, unnamed(name, true), epoch, name);
        enter(number, entry);
        return entry.decide(memory, name.ignored()) ? entry.endpoint : application(entry);
    }

    /** The endpoint of a shared archive for who reads it just now. */
    private Endpoint ofReader(Entry entry, @Nullable Object memory) {
        Shared archive = (Shared) entry;
        // Read once: threads with other memory decide for theirs meanwhile.
        long decided = archive.decided;
        boolean runtime = Shared.isOf(decided, memory)
                ? (decided & 1) != 0
                : archive.decide(memory, Privilege.use(new Reading(namer)));
        return runtime ? archive.endpoint : application(archive);
    }

    private Endpoint application(Shared archive) {
        Endpoint known = archive.application;
        if (known == null) {
            known = intern(archive.name.ofApplication());
            archive.application = known;
        }
        return known;
    }

    private void enter(int number, Entry entry) {
        if (number >= 0 && number < MOST_DESCRIPTORS) {
            @Nullable Entry[] known = entries;
            if (number >= known.length) {
                // Two threads may grow it at once: what one of them then lacks is resolved again.
                known = Arrays.copyOf(known, Math.max(known.length * 2, Integer.highestOneBit(number) * 2));
                entries = known;
            }
            known[number] = entry;
        }
    }

    private Namer.Name name(Question question, Object subject, int number) {
        return Privilege.use(new Naming(namer, question, subject, number));
    }

    private long size(Path file) {
        return Privilege.use(new Size(namer, file));
    }

    /** What is to be named. */
    private enum Question {
        DESCRIPTOR,
        NUMBER,
        PATH,
        ACCEPTED,
        CONNECTED
    }

    /** A question to the namer. No lambda: it may be the first inside class loading. */
    private record Naming(Namer namer, Question question, Object subject, int number)
            implements PrivilegedAction<Namer.Name> {

        @Override
        public Namer.Name run() {
            return switch (question) {
                case DESCRIPTOR -> namer.ofDescriptor((FileDescriptor) subject, number);
                case NUMBER -> namer.ofNumber(number);
                case PATH -> namer.ofPath((String) subject);
                case ACCEPTED -> namer.ofSocket((FileDescriptor) subject, true);
                case CONNECTED -> namer.ofConnected(subject);
            };
        }
    }

    private record Size(Namer namer, Path file) implements PrivilegedAction<Long> {

        @Override
        public Long run() {
            return namer.size(file);
        }
    }

    private Endpoint intern(Namer.Name name) {
        if (name.ignored()) {
            return unnamed(name, false);
        }
        int start = (name.text().hashCode() * 31 + name.kind().ordinal()) * 0x9E3779B9 >>> 20;
        for (int i = 0; i < LIMIT; i++) {
            int id = (start + i) % LIMIT;
            Endpoint row = rows.get(id);
            if (row == null) {
                if (used.get() >= bound) {
                    return fold(name);
                }
                Endpoint fresh =
                        new Endpoint(id, name.kind(), name.text(), name.regular(), name.device(), name.ignored());
                if (rows.compareAndSet(id, null, fresh)) {
                    used.incrementAndGet();
                    return fresh;
                }
                row = rows.get(id);
            }
            if (row != null && row.kind() == name.kind() && name.text().equals(row.name())) {
                return row;
            }
        }
        return fold(name);
    }

    private Endpoint fold(Namer.Name name) {
        folded.incrementAndGet();
        return unnamed(name, false);
    }

    /** The row of all others, with what must be known of this one to tell its system calls apart. */
    private static Endpoint unnamed(Namer.Name name, boolean shared) {
        boolean device = name.kind() == EndpointKind.FILE && !name.regular();
        return new Endpoint(
                device ? OTHER_DEVICES : name.kind().ordinal(),
                name.kind(),
                OTHER,
                name.regular(),
                name.device(),
                name.ignored() || shared,
                shared);
    }

    /** The question who reads. No lambda: it may be the first inside class loading. */
    private record Reading(Namer namer) implements PrivilegedAction<Boolean> {

        @Override
        public Boolean run() {
            return namer.isReadByRuntime();
        }
    }

    /** The row of an archive that the runtime reads, and maybe the application; {@code endpoint} is the runtime's. */
    private static final class Shared extends Entry {

        final Namer.Name name;

        /** The application's, once it reads. */
        @Nullable
        Endpoint application;

        /** Identity of the memory that was last read into, and, in the lowest bit, whether for the runtime; or 0. */
        long decided;

        Shared(Object fd, Endpoint endpoint, int since, Namer.Name name) {
            super(fd, endpoint, since);
            this.name = name;
        }

        static boolean isOf(long decided, @Nullable Object memory) {
            return memory != null && decided >>> 1 == System.identityHashCode(memory);
        }

        boolean decide(@Nullable Object memory, boolean runtime) {
            decided = memory == null ? 0 : (long) System.identityHashCode(memory) << 1 | (runtime ? 1 : 0);
            return runtime;
        }
    }

    /** A descriptor's row. */
    private static class Entry extends WeakReference<Object> {

        final Endpoint endpoint;
        final int since;

        Entry(Object fd, Endpoint endpoint, int since) {
            super(fd);
            this.endpoint = endpoint;
            this.since = since;
        }

        /** Whether it tells of {@code number} still, of which the asker has no object. */
        boolean isOpen(int number, int epoch) {
            Object owner = get();
            return owner instanceof FileDescriptor fd
                    ? JdkInternals.number(fd) == number
                    : owner != null && since == epoch;
        }
    }
}
