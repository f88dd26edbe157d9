package iopath.servers;

/** A server that answers on the loopback address until it is closed. */
interface Server extends AutoCloseable {

    /** The TCP port that the kernel gave it. */
    int port();

    /** The port of a second listener, for clients that are to be told from all others; 0 without option {@code second}. */
    default int second() {
        return 0;
    }

    /** How a server is started. */
    interface Starter {
        Server start(Setup setup) throws Exception;
    }
}
