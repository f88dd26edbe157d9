package iopath.it.scenario;

/** The other end of a socket, which lives in the test's process so that only one end is observed. */
public enum PeerKind {
    /** Reads until the end. */
    DRAIN,
    /** The same on a Unix-domain socket. */
    DRAIN_UNIX,
    /** Reads nothing, through small kernel buffers, until told {@link Place#DRAIN}. */
    IDLE,
    /** Sends {@link Place#SENT} bytes and says so once they are in the other end's kernel buffer. */
    SEND,
    /** Counts datagrams. */
    DATAGRAM,
    /** A TLS client that reads until the end. */
    TLS_DRAIN,
    /** A TLS client that sends {@link Place#SENT} bytes. */
    TLS_SEND
}
