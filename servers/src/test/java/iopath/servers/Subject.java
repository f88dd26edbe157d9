package iopath.servers;

import iopath.analyzer.event.Endpoint;

/** A server that runs under load, started without iopath. */
interface Subject extends AutoCloseable {

    /** Process id of its JVM. */
    long pid();

    /** What keeps it busy all the time. */
    Load load();

    /** Does a known amount of work, by a listener of its own; gives the bytes on the wire. */
    Clients.Counts work() throws Exception;

    /** That listener's sockets, as the agent names them. */
    Endpoint listener();

    /** Whether a recording says of the work what it was; else an {@link AssertionError}. */
    void check(Ledger ledger) throws Exception;

    /** Ends it in good order; what it has complained of is an {@link AssertionError}. */
    void end() throws Exception;

    @Override
    void close() throws Exception;
}
