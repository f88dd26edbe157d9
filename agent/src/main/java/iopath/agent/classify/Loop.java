package iopath.agent.classify;

/** Why bytes that the application itself read and wrote could, or could not, have stayed in the kernel. */
public final class Loop {

    private Loop() {}

    /**
     * The reason of a transfer that went through the application's memory.
     *
     * @param regularSource whether the source is a regular file
     * @param stream whether a stream wrote them
     * @param jdk feature version
     */
    public static Reason reason(
            EndpointKind source, boolean regularSource, EndpointKind sink, boolean stream, int jdk) {
        return switch (source) {
            case MEMORY -> Reason.NONE;
            case SOCKET, PIPE -> Reason.NO_JDK_PATH;
            case FILE -> regularSource ? ofRegularFile(sink, stream, jdk) : Reason.NOT_A_REGULAR_FILE;
        };
    }

    private static Reason ofRegularFile(EndpointKind sink, boolean stream, int jdk) {
        Reason loop = stream ? Reason.STREAM_LOOP : Reason.READ_WRITE_LOOP;
        return switch (sink) {
            case MEMORY -> Reason.NONE;
            case FILE, SOCKET -> loop;
            // FileChannelImpl.transferToDirectInternal of JDK 25 knows files and sockets only.
            case PIPE -> jdk < 25 ? loop : Reason.NO_JDK_PATH;
        };
    }
}
