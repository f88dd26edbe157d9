package iopath.agent.aggregate;

import iopath.agent.classify.BufferKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;

/**
 * What a row of totals stands for, packed into a long that is never 0.
 *
 * <p>A transfer: source and sink (12 bits each), path, reason, evidence, copies of kernel and JDK, detail, copies of the
 * application. An operation: endpoint, direction, buffer. A look at content: from which source it was found to be, and in
 * what was written to which sink.
 */
public final class Key {

    private static final long TRANSFER = 1;
    private static final long OPERATION = 2;
    private static final long LOOK = 3;
    private static final int ENDPOINT = 0xfff;
    private static final long OWN = 1L << 17;
    private static final long WHOLE = 1L << 50;
    private static final int COPIED_SHIFT = 51;
    private static final long COPIED = 15L << COPIED_SHIFT;

    private Key() {}

    /** The key of a transfer between two endpoints. {@code copies} is 0 to 7, {@code detail} 0 to 1023. */
    public static long transfer(
            int source, int sink, Path path, Reason reason, Evidence evidence, int copies, int detail) {
        return TRANSFER
                | (long) source << 2
                | (long) sink << 14
                | (long) path.ordinal() << 26
                | (long) reason.ordinal() << 30
                | (long) evidence.ordinal() << 34
                | (long) copies << 37
                | (long) detail << 40;
    }

    /** The key of bytes that were read and that the application keeps. */
    public static long kept(int source, BufferKind buffer) {
        return transfer(source, 0, buffer.path(), Reason.NONE, Evidence.NONE, buffer.copies(), Details.NONE);
    }

    /** The key of operations on an endpoint. */
    public static long operation(int endpoint, boolean write, BufferKind buffer) {
        return OPERATION | (long) endpoint << 2 | (write ? 1L << 14 : 0) | (long) buffer.ordinal() << 15;
    }

    /** The key of writes to an endpoint all of whose bytes are the application's own. */
    public static long ownWrite(int endpoint, BufferKind buffer) {
        return operation(endpoint, true, buffer) | OWN;
    }

    /** Whether a key stands for writes of the application's own bytes. */
    public static boolean isOwnWrite(long key) {
        return isOperation(key) && (key & OWN) != 0;
    }

    /** The key of a transfer inside the kernel whose sums are those of its two operations as well. */
    public static long whole(long transfer) {
        return transfer | WHOLE;
    }

    /** Whether a key stands for transfers whose operations have no rows of their own. */
    public static boolean isWhole(long key) {
        return isTransfer(key) && (key & WHOLE) != 0;
    }

    /** The transfer alone that a {@linkplain #whole whole} one is. */
    public static long plain(long key) {
        return key & ~WHOLE;
    }

    /** The key of bytes of the application's own that were written. */
    public static long own(int sink, BufferKind buffer, Reason reason) {
        return transfer(0, sink, buffer.path(), reason, Evidence.NONE, buffer.copies(), Details.NONE);
    }

    /**
     * The key of looks at what was written to {@code sink}.
     *
     * <p>With source 0 the row's bytes are those looked at, its operations the looks, its calls the bytes of which it is
     * known that no read brought them. With another source its bytes are those found to be that source's.
     */
    public static long look(int source, int sink) {
        return LOOK | (long) source << 2 | (long) sink << 14;
    }

    /** Whether a key stands for looks at content. */
    public static boolean isLook(long key) {
        return (key & 3) == LOOK;
    }

    /** Whether a key stands for a transfer. */
    public static boolean isTransfer(long key) {
        return (key & 3) == TRANSFER;
    }

    /** Row of a transfer's source, or of an operation's endpoint. */
    public static int source(long key) {
        return (int) (key >>> 2) & ENDPOINT;
    }

    /** Row of a transfer's sink. */
    public static int sink(long key) {
        return (int) (key >>> 14) & ENDPOINT;
    }

    /** Path of a transfer. */
    public static Path path(long key) {
        return Path.of((int) (key >>> 26) & 0xf);
    }

    /** Reason of a transfer. */
    public static Reason reason(long key) {
        return Reason.of((int) (key >>> 30) & 0xf);
    }

    /** Evidence of a transfer. */
    public static Evidence evidence(long key) {
        return Evidence.of((int) (key >>> 34) & 7);
    }

    /** A transfer whose bytes the application has copied in between, 0 to 15 times each, as far as that was seen. */
    public static long copied(long transfer, int times) {
        return transfer & ~COPIED | (long) times << COPIED_SHIFT;
    }

    /** CPU copies of each byte of a transfer, those of the application included. */
    public static int copies(long key) {
        return ((int) (key >>> 37) & 7) + applicationCopies(key);
    }

    /** Copies of each byte of a transfer that the application has made, as far as these were seen. */
    public static int applicationCopies(long key) {
        return (int) (key >>> COPIED_SHIFT) & 15;
    }

    /** Number of a transfer's detail. */
    public static int detail(long key) {
        return (int) (key >>> 40) & 0x3ff;
    }

    /** Whether a key stands for operations on an endpoint. */
    public static boolean isOperation(long key) {
        return (key & 3) == OPERATION;
    }

    /** Whether a key stands for operations that brought bytes into the application's memory. */
    public static boolean isReadToMemory(long key) {
        return isOperation(key) && !isWrite(key) && buffer(key) != BufferKind.KERNEL;
    }

    /** Whether operations write. */
    public static boolean isWrite(long key) {
        return (key & 1L << 14) != 0;
    }

    /** Buffer of operations. */
    public static BufferKind buffer(long key) {
        return BufferKind.of((int) (key >>> 15) & 3);
    }

    /** The same transfer with another detail, and other copies of kernel and JDK. */
    public static long repeated(long key, int copies, int detail) {
        return key & ((1L << 37) - 1 | COPIED) | (long) copies << 37 | (long) detail << 40;
    }

    /** The same key with both endpoints replaced. */
    public static long withEndpoints(long key, int source, int sink) {
        boolean both = !isOperation(key);
        long kept = both ? key & ~((long) ENDPOINT << 2 | (long) ENDPOINT << 14) : key & ~((long) ENDPOINT << 2);
        return kept | (long) source << 2 | (both ? (long) sink << 14 : 0);
    }
}
