package iopath.agent.classify;

/** Why bytes that the application itself read and wrote could, or could not, have stayed in the kernel. */
public final class Loop {

    private Loop() {}

    /**
     * The reason of a transfer that went through the application's memory.
     *
     * @param regularSource whether the source is a regular file
     * @param jdk feature version
     */
    public static Reason reason(EndpointKind source, boolean regularSource, EndpointKind sink, int jdk) {
        return switch (source) {
            case MEMORY -> Reason.NONE;
            case SOCKET, PIPE -> Reason.NO_JDK_PATH;
            case FILE -> regularSource ? ofRegularFile(sink, jdk) : Reason.NOT_A_REGULAR_FILE;
        };
    }

    private static Reason ofRegularFile(EndpointKind sink, int jdk) {
        return switch (sink) {
            case MEMORY -> Reason.NONE;
            case FILE, SOCKET -> Reason.READ_WRITE_LOOP;
            // FileChannelImpl.transferToDirectInternal of JDK 25 knows files and sockets only.
            case PIPE -> jdk < 25 ? Reason.READ_WRITE_LOOP : Reason.NO_JDK_PATH;
        };
    }
}
