package iopath.agent.classify;

/**
 * Which system calls an in-kernel attempt of the JDK was.
 *
 * @param path what moved the bytes, or would have
 * @param calls system calls made, refused ones included
 */
public record KernelCall(Path path, int calls) {

    /** One sendfile. */
    public static final KernelCall SENDFILE = new KernelCall(Path.SENDFILE, 1);

    private static final KernelCall SENDFILE_AFTER_REFUSAL = new KernelCall(Path.SENDFILE, 2);
    private static final KernelCall COPY_FILE_RANGE = new KernelCall(Path.COPY_FILE_RANGE, 1);
    /** One call, of which it is not known which. */
    public static final KernelCall EITHER = new KernelCall(Path.UNKNOWN, 1);

    /**
     * JDK 17 calls sendfile. JDK 21 and later call copy_file_range, and where that is refused (the target is no
     * regular file, or lies on another file system) sendfile, both inside one native method; transferFrom calls
     * copy_file_range only ({@code FileDispatcherImpl.c}).
     *
     * @param jdk feature version
     * @param transferTo whether the call was transferTo
     * @param copyable whether source and target are regular files on one file system
     * @param range what the kernel says to copy_file_range in this process
     * @param result bytes moved, or an {@code IOStatus} below 0
     */
    public static KernelCall of(int jdk, boolean transferTo, boolean copyable, RangeAnswer range, long result) {
        if (jdk < 21) {
            return SENDFILE;
        }
        if (!transferTo || range == RangeAnswer.THROWN && result == IoStatus.THROWN) {
            return COPY_FILE_RANGE;
        }
        if (!copyable || result == IoStatus.UNSUPPORTED_CASE) {
            return SENDFILE_AFTER_REFUSAL;
        }
        return switch (range) {
            case TAKEN -> COPY_FILE_RANGE;
            // What moved them after an exception elsewhere can only have been the second.
            case REFUSED, THROWN -> SENDFILE_AFTER_REFUSAL;
            case NOT_KNOWN -> EITHER;
        };
    }
}
