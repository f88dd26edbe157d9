package iopath.agent.classify;

/**
 * What {@code UnixCopyFile.transfer} of JDK 17 copied a file by, which is one native method: sendfile in a loop, and
 * where that says EINVAL or ENOSYS at once, reads and writes of 8 KiB ({@code UnixCopyFile.c}).
 */
public enum CopiedBy {
    SENDFILE,
    LOOP,
    UNKNOWN;

    /** Size of the loop's buffer, in bytes. */
    private static final int BUFFER = 8192;

    /**
     * What the kernel counted tells. A sendfile counts as a read and as a write, the last one moves nothing; the loop's
     * last read is followed by no write; a refused call counts as neither (fs/read_write.c of Linux).
     *
     * @param bytes size of the file
     * @param regular whether a read of the source fills the buffer where it can
     * @param reads read calls of the thread meanwhile, below 0 if not known
     * @param writes write calls likewise
     */
    public static CopiedBy of(long bytes, boolean regular, long reads, long writes) {
        long moved = bytes == 0 ? 0 : 1;
        if (reads == writes && reads > moved) {
            return SENDFILE;
        }
        boolean fits = regular ? writes == (bytes + BUFFER - 1) / BUFFER : writes >= moved;
        return reads == writes + 1 && fits ? LOOP : UNKNOWN;
    }
}
