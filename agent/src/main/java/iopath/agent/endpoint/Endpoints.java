package iopath.agent.endpoint;

import iopath.agent.classify.EndpointKind;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The table from descriptor to endpoint.
 *
 * <p>A look-up is two array reads and an identity check. The first operation on a descriptor resolves its name, which
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

    private static final int FIRST_FREE = 4;
    private static final int PAGE = 1024;
    private static final int PAGES = 2048;

    private final AtomicReferenceArray<@Nullable Endpoint> rows = new AtomicReferenceArray<>(LIMIT);
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Entry>> pages =
            new AtomicReferenceArray<>(PAGES);
    private final AtomicInteger used = new AtomicInteger(FIRST_FREE);
    private final AtomicInteger folded = new AtomicInteger();
    private final int bound;
    private final Namer namer;

    /** A table with names by {@code namer} and at most {@code bound} rows, 8 to {@link #LIMIT}. */
    public Endpoints(Namer namer, int bound) {
        this.namer = namer;
        this.bound = Math.min(bound, LIMIT * 7 / 8);
        rows.set(0, MEMORY);
        for (EndpointKind kind : EndpointKind.values()) {
            if (kind != EndpointKind.MEMORY) {
                rows.set(kind.ordinal(), new Endpoint(kind.ordinal(), kind, OTHER, false, 0, false));
            }
        }
    }

    /** The endpoint behind a descriptor, resolved at its first use. */
    public Endpoint of(FileDescriptor fd) {
        int number = JdkInternals.number(fd);
        Entry entry = entry(number);
        if (entry != null && entry.refersTo(fd)) {
            return entry.endpoint;
        }
        return remember(fd, number, namer.ofDescriptor(number));
    }

    /** Makes a socket channel's endpoint known by its addresses, if its descriptor is new. */
    public void socket(Object channel, FileDescriptor fd) {
        int number = JdkInternals.number(fd);
        Entry entry = entry(number);
        if (entry == null || !entry.refersTo(fd)) {
            remember(fd, number, namer.ofSocket(channel, false));
        }
    }

    /** The endpoint behind a socket's descriptor, resolved by {@code owner} at its first use. */
    public Endpoint of(FileDescriptor fd, @Nullable Object owner) {
        if (owner == null) {
            return of(fd);
        }
        int number = JdkInternals.number(fd);
        Entry entry = entry(number);
        if (entry != null && entry.refersTo(fd)) {
            return entry.endpoint;
        }
        Namer.Name name =
                JdkInternals.isSocket(owner) ? namer.ofSocketImpl(owner, false) : namer.ofSocket(owner, false);
        return remember(fd, number, name);
    }

    /** Makes the endpoint of an accepted {@code java.net.SocketImpl} known. */
    public void acceptedSocket(Object socket) {
        FileDescriptor fd = JdkInternals.socketDescriptor(socket);
        if (fd != null) {
            remember(fd, JdkInternals.number(fd), namer.ofSocketImpl(socket, true));
        }
    }

    /** Makes the endpoint of an accepted channel known, by the address it was accepted at. */
    public void accepted(Object channel, FileDescriptor fd) {
        remember(fd, JdkInternals.number(fd), namer.ofSocket(channel, true));
    }

    /** The endpoint of a row. */
    public Endpoint row(int id) {
        Endpoint row = rows.get(id);
        return row == null ? MEMORY : row;
    }

    /** The row that stands for all endpoints of a kind past the bound. */
    public Endpoint other(EndpointKind kind) {
        return row(kind.ordinal());
    }

    /** How many descriptors were counted under {@link #OTHER}. */
    public int folded() {
        return folded.get();
    }

    private @Nullable Entry entry(int number) {
        if (number < 0 || number >= PAGE * PAGES) {
            return null;
        }
        AtomicReferenceArray<@Nullable Entry> page = pages.get(number / PAGE);
        return page == null ? null : page.get(number % PAGE);
    }

    private Endpoint remember(FileDescriptor fd, int number, Namer.Name name) {
        Endpoint endpoint = intern(name);
        if (number >= 0 && number < PAGE * PAGES) {
            AtomicReferenceArray<@Nullable Entry> page = pages.get(number / PAGE);
            if (page == null) {
                pages.compareAndSet(number / PAGE, null, new AtomicReferenceArray<>(PAGE));
                page = pages.get(number / PAGE);
            }
            if (page != null) {
                page.set(number % PAGE, new Entry(fd, endpoint));
            }
        }
        return endpoint;
    }

    private Endpoint intern(Namer.Name name) {
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

    /** The row of all others, with what must be known of this one to tell its system calls apart. */
    private Endpoint fold(Namer.Name name) {
        folded.incrementAndGet();
        return new Endpoint(name.kind().ordinal(), name.kind(), OTHER, name.regular(), name.device(), name.ignored());
    }

    /** A descriptor's row. */
    private static final class Entry extends WeakReference<FileDescriptor> {

        final Endpoint endpoint;

        Entry(FileDescriptor fd, Endpoint endpoint) {
            super(fd);
            this.endpoint = endpoint;
        }
    }
}
