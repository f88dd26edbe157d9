package iopath.analyzer.command;

/** What the process says to a script; fixed by the contract. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNREADABLE = 3;

    /** A check could be neither held nor broken. */
    static final int UNDECIDED = 4;

    private ExitCode() {}
}
