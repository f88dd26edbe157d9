package iopath.analyzer.summarize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a finding's code means; {@code docs/findings.md} is made of these. */
public enum Code {
    READ_WRITE_LOOP(
            "The application reads into a buffer and writes the buffer out, where transferTo was open to it.",
            "The flow is on sendfile or copy-file-range, or on direct where a loop has to stay."),
    STREAM_LOOP(
            "The same with java.io streams: a byte array hands the bytes on.",
            "The flow is on sendfile or copy-file-range."),
    WRAPPED_CHANNEL(
            "transferTo or transferFrom was given an object that is no channel of the JDK's own.",
            "The flow is on sendfile, and its calls are few."),
    APPEND_TARGET(
            "The target of a transfer was opened with APPEND, which the kernel refuses.",
            "The flow is on copy-file-range or sendfile; poisoned is gone too."),
    POISONED(
            "On JDK 17 and 21, an earlier transfer into a file opened with APPEND has turned kernel transfers to files"
                    + " off for the whole JVM.",
            "Start the JVM anew with the append mended: file to file is on copy-file-range or sendfile."),
    KERNEL_REFUSED(
            "The JDK asked the kernel for the transfer, and the kernel said no.",
            "The flow is on copy-file-range or sendfile once both ends lie where the kernel can."),
    TLS(
            "A TLS engine in user space stands between the two ends.",
            "The flow is on sendfile where TLS ends elsewhere; else its path stays tls, with fewer copies."),
    NO_JDK_PATH(
            "The JDK has no way in the kernel for this pair of ends: from a socket, a pipe, or by datagrams.",
            "The copies of each byte are fewer: the flow is on direct."),
    NOT_A_REGULAR_FILE(
            "The source is procfs, a pipe or a device, which the kernel cannot send from.",
            "The flow is gone, or its source is a regular file."),
    SMALL_TRANSFER(
            "A transfer was below the size from which the JDK or a library tries the kernel.",
            "The flow's larger transfers are on sendfile."),
    MODIFIED("Memory that a read had filled held other bytes when it was written out.", "Nothing has to change."),
    SENT_AGAIN(
            "A buffer was written out more than once for one read: kept content, or several receivers.",
            "Nothing has to change where that is on purpose."),
    UNKNOWN_REASON(
            "The agent gave a reason that this version of the analyzer does not know.",
            "Read the recording with the analyzer of the agent's version."),
    WOULD_BLOCK(
            "Calls found nothing to do, and were made again at once: the thread spins.",
            "Calls are about as many as operations."),
    END_OF_FILE("Calls met the end of a file again and again.", "Calls are about as many as operations."),
    CUT_AT_LIMIT(
            "One call was asked for more than the 2,147,479,552 bytes that Linux moves at a time.",
            "What arrives is as long as what was sent."),
    PARTIAL_HEAP_WRITES(
            "Before each write of a heap buffer the JDK copies all that remains in it, and calls took only a part.",
            "The copied bytes in the report fall."),
    SMALL_READS(
            "Many reads brought less than 2 KiB each: the calls cost more than the copies.",
            "Bytes/op of the reads has grown."),
    SMALL_WRITES(
            "Many writes took less than 2 KiB each: the calls cost more than the copies.",
            "Bytes/op of the writes has grown."),
    INFERRED(
            "A thread wrote as many bytes as it had just read, but not from the same memory: a guess.",
            "Record with a larger content=BYTES, which may prove it."),
    UNKNOWN_PATH("Bytes moved in a way that iopath does not know.", "Under Not seen, no hook is named as failed."),
    HOOK_FAILED("A hook could not be put in.", "The list of hooks has no row failed."),
    HOOK_ABSENT("A hook has no method on this JDK, as JDKs differ.", "Nothing has to change."),
    HOOK_THREW(
            "Code of the agent failed inside a hook; the application did not notice.",
            "Under Not seen, no call is named in which a hook failed."),
    AGENT_WARNING(
            "The agent warned of something, such as hooks that were taken out again.",
            "iopath status PID says nothing of it any more."),
    LINKS_LOST(
            "More memory was read into than the agent's table remembers.",
            "Record again; what is proven is a lower bound meanwhile."),
    ROWS_FOLDED(
            "There were more files and addresses than the tables hold; sums are exact.",
            "Nothing has to change; names are missing only."),
    SAMPLES_DROPPED("There were more samples than the budget of events allows.", "Record with a larger sample=BYTES."),
    DAMAGED_RECORDING(
            "Parts of the recording could not be read: sums are lower bounds.",
            "Record again, and let the JVM end by itself."),
    NO_EVENTS("The recording has no event of iopath's.", "iopath ps shows the agent in the JVM that is recorded.");

    private final String meaning;
    private final String check;

    Code(String meaning, String check) {
        this.meaning = meaning;
        this.check = check;
    }

    /** The code as reports have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it says, whatever the recording. */
    public String meaning() {
        return meaning;
    }

    /** How to see that a fix has worked. */
    public String check() {
        return check;
    }

    /** That of a finding, unless it is one of another version's. */
    public static Optional<Code> of(String text) {
        return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
    }
}
