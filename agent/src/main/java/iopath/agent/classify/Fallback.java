package iopath.agent.classify;

import org.jspecify.annotations.Nullable;

/**
 * Why a transferTo or transferFrom copied.
 *
 * @param reason the first rule that matched
 * @param detail what the reason names, or {@code null}
 */
public record Fallback(Reason reason, @Nullable String detail) {

    /** One file-to-file kernel transfer was refused on JDK 17 or 21, so the JVM never tries again. */
    public static final String POISONED = "poisoned";

    /** Source and target are the same descriptor. */
    public static final String SAME_FILE = "same-file";

    /** Source and target lie on different file systems. */
    public static final String CROSS_DEVICE = "cross-device";

    /** What the target of a transferTo, or the source of a transferFrom, is to the JDK. */
    public enum Peer {
        /** Exactly {@code FileChannelImpl}. */
        FILE_CHANNEL,
        /** Exactly {@code SocketChannelImpl}. */
        SOCKET_CHANNEL,
        /** Another channel with a descriptor: a pipe's end, a datagram channel. */
        OTHER_KERNEL_CHANNEL,
        /** Anything else: a wrapper, an adapter over a stream. */
        WRAPPER;

        private static final Peer[] VALUES = values();

        /** The one with this ordinal. */
        public static Peer of(int ordinal) {
            return VALUES[ordinal];
        }
    }

    /**
     * What is known of the call when its first copied bytes are seen.
     *
     * @param jdk feature version
     * @param peer target of a transferTo, source of a transferFrom
     * @param peerClass its class name
     * @param regularSource whether the source is a regular file with its bytes on a file system
     * @param append whether the target appends
     * @param sameFile whether source and target share a descriptor
     * @param attempts how often the JDK has asked the kernel in this call
     * @param poisoned whether the JDK has switched the kernel path off for this kind of peer
     * @param sameDevice whether source and target lie on one file system
     */
    public record Call(
            int jdk,
            Peer peer,
            String peerClass,
            boolean regularSource,
            boolean append,
            boolean sameFile,
            int attempts,
            boolean poisoned,
            boolean sameDevice) {}

    /** Rules for transferTo, JDK 17 to 25; the first that matches wins. */
    public static Fallback ofTransferTo(Call call) {
        if (call.peer == Peer.WRAPPER) {
            return new Fallback(Reason.WRAPPED_CHANNEL, call.peerClass);
        }
        if (!call.regularSource) {
            return new Fallback(Reason.NOT_A_REGULAR_FILE, null);
        }
        if (call.peer == Peer.FILE_CHANNEL) {
            return fileTarget(call);
        }
        if (call.peer == Peer.OTHER_KERNEL_CHANNEL && call.attempts == 0) {
            // JDK 25 dropped pipes and datagram channels from transferToDirectInternal; 17 and 21 can be poisoned.
            return call.poisoned
                    ? new Fallback(Reason.KERNEL_REFUSED, POISONED)
                    : new Fallback(Reason.NO_JDK_PATH, call.peerClass);
        }
        return new Fallback(Reason.KERNEL_REFUSED, null);
    }

    private static Fallback fileTarget(Call call) {
        if (call.append) {
            return new Fallback(Reason.APPEND_TARGET, null);
        }
        if (call.sameFile) {
            return new Fallback(Reason.KERNEL_REFUSED, SAME_FILE);
        }
        if (call.attempts == 0 && call.poisoned) {
            return new Fallback(Reason.KERNEL_REFUSED, POISONED);
        }
        return new Fallback(Reason.KERNEL_REFUSED, null);
    }

    /** Rules for transferFrom, JDK 17 to 25; the first that matches wins. */
    public static Fallback ofTransferFrom(Call call) {
        return switch (call.peer) {
            case WRAPPER -> new Fallback(Reason.WRAPPED_CHANNEL, call.peerClass);
            // No JDK has an in-kernel way from a socket or pipe to a file.
            case SOCKET_CHANNEL, OTHER_KERNEL_CHANNEL -> new Fallback(Reason.NO_JDK_PATH, null);
            case FILE_CHANNEL -> fileSource(call);
        };
    }

    private static Fallback fileSource(Call call) {
        if (call.jdk < 21) {
            // copy_file_range came with JDK 21.
            return new Fallback(Reason.NO_JDK_PATH, null);
        }
        if (!call.regularSource) {
            return new Fallback(Reason.NOT_A_REGULAR_FILE, null);
        }
        if (call.append) {
            return new Fallback(Reason.APPEND_TARGET, null);
        }
        if (call.attempts == 0 && call.poisoned) {
            return new Fallback(Reason.KERNEL_REFUSED, POISONED);
        }
        return new Fallback(Reason.KERNEL_REFUSED, call.sameDevice ? null : CROSS_DEVICE);
    }
}
