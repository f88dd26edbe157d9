package iopath.servers;

/** A server that answers on the loopback address until it is closed. */
interface Server extends AutoCloseable {

    /** The TCP port that the kernel gave it. */
    int port();

    /** How a server is started. */
    interface Starter {
        Server start(Setup setup) throws Exception;
    }
}
