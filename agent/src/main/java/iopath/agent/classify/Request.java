package iopath.agent.classify;

/** What a request to a ring of io_uring does with bytes (io_uring_enter(2), with the numbers of linux/io_uring.h). */
public enum Request {
    /** Reads into one piece of memory. */
    READ,
    /** Reads into the pieces of an iovec. */
    READ_VECTOR,
    /** Reads into the pieces that a msghdr names. */
    READ_MESSAGE,
    WRITE,
    WRITE_VECTOR,
    WRITE_MESSAGE,
    /** Moves bytes from one descriptor to another. */
    SPLICE,
    /** The half of a file's way to a socket that fills a pipe. */
    SPLICE_IN,
    /** The half that empties it. */
    SPLICE_OUT,
    ACCEPT,
    CONNECT,
    CLOSE,
    /** Moves no bytes, or none that iopath follows. */
    OTHER;

    private static final Request[] VALUES = values();

    /** The request with this ordinal. */
    public static Request ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }

    /** Whether it sends bytes out of memory. */
    public boolean isWrite() {
        return this == WRITE || this == WRITE_VECTOR || this == WRITE_MESSAGE;
    }

    /** Whether an {@code IORING_OP_*} brings bytes from a socket, and can be about nothing else. */
    public static boolean isReceive(int operation) {
        return operation == 10 || operation == 27; // RECVMSG, RECV
    }

    /** Whether an {@code IORING_OP_*} brings bytes to a socket, and can be about nothing else. */
    public static boolean isSend(int operation) {
        return operation == 9 || operation == 26 || operation == 47 || operation == 48; // SENDMSG, SEND, and both _ZC
    }

    /** What an {@code IORING_OP_*} does. */
    public static Request of(int operation) {
        return switch (operation) {
            case 1 -> READ_VECTOR; // READV
            case 2 -> WRITE_VECTOR; // WRITEV
            case 9, 48 -> WRITE_MESSAGE; // SENDMSG, SENDMSG_ZC
            case 10 -> READ_MESSAGE; // RECVMSG
            case 13 -> ACCEPT;
            case 16 -> CONNECT;
            case 19 -> CLOSE;
            case 22, 27 -> READ; // READ, RECV
            case 23, 26, 47 -> WRITE; // WRITE, SEND, SEND_ZC
            case 30 -> SPLICE;
            default -> OTHER;
        };
    }
}
