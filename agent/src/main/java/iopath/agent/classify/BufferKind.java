package iopath.agent.classify;

/** The memory that one operation reads into or writes from. */
public enum BufferKind {
    /** None: the bytes stay in the kernel. */
    KERNEL("kernel", Path.SENDFILE, 0),
    /** Native memory: the kernel's copy is the only one. */
    DIRECT("direct", Path.DIRECT, 1),
    /** An array: the JDK copies through a temporary native buffer as well. */
    HEAP("heap", Path.HEAP, 2),
    /** A mapped file: the kernel copies from or to the page cache. */
    MAPPED("mapped", Path.MAPPED, 1);

    private static final BufferKind[] VALUES = values();

    private final String text;
    private final Path path;
    private final int copies;

    BufferKind(String text, Path path, int copies) {
        this.text = text;
        this.path = path;
        this.copies = copies;
    }

    /** The kind with this ordinal. */
    public static BufferKind of(int ordinal) {
        return VALUES[ordinal];
    }

    /** The name in events. */
    public String text() {
        return text;
    }

    /** The path of a transfer that uses this memory. */
    public Path path() {
        return path;
    }

    /** CPU copies of each byte by one operation on this memory. */
    public int copies() {
        return copies;
    }
}
