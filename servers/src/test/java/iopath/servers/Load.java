package iopath.servers;

/** Clients that keep a server busy from before a recording until after it, and check every byte they get. */
interface Load {

    /** Right answers so far; if one was wrong, or none came, an {@link AssertionError}. */
    long answers();

    /** Bytes that have reached the clients so far. */
    long received();

    /** More bytes than ever are on their way to the clients at one moment. */
    long underway();

    /** Ends it after the answers that are awaited; if one was wrong, an {@link AssertionError}. */
    void end() throws Exception;
}
