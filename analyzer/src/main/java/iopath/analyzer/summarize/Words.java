package iopath.analyzer.summarize;

import java.util.Set;

/** The words of the contract that the rules know; events may carry others. */
final class Words {
    static final String FILE = "file";
    static final String SOCKET = "socket";
    static final String PIPE = "pipe";
    static final String MEMORY = "memory";

    static final String DIRECT = "direct";
    static final String MAPPED = "mapped";
    static final String UNKNOWN = "unknown";
    static final Set<String> IN_KERNEL = Set.of("sendfile", "copy-file-range", "splice");

    static final String NONE = "none";
    static final String SAME_CALL = "same-call";
    static final String SAME_BYTES = "same-bytes";
    static final String SAME_THREAD = "same-thread";

    static final String READ = "read";
    static final String WRITE = "write";

    static final String SAME_FILE = "same-file";
    static final String CROSS_DEVICE = "cross-device";
    static final String MODIFIED = "modified";
    static final String TLS_FRAMING = "tls-framing";
    static final String POISONED = "poisoned";
    static final String SENT_AGAIN = "sent-again";
    static final String WOULD_BLOCK = "would-block";
    static final String END_OF_FILE = "end-of-file";
    static final String CUT = "cut-at-limit";

    /** The last row of a list that would be too long. */
    static final String OTHER = "(other)";

    /** The site of a sample whose stack is all JDK. */
    static final String NO_FRAME = "(no application frame)";

    private Words() {}
}
