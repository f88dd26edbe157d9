package iopath.agent.classify;

/** What the kernel answers to copy_file_range(2) in this process, as JDK 21 and later take it. */
public enum RangeAnswer {
    /** It moves bytes. */
    TAKEN,
    /** It refuses in a way after which the JDK asks sendfile: no such call (ENOSYS), or a filter that says so. */
    REFUSED,
    /** It refuses in a way that the JDK throws as an exception: a filter that says EPERM. */
    THROWN,
    /** It could not be asked. */
    NOT_KNOWN
}
