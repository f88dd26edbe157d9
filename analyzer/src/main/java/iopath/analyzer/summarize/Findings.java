package iopath.analyzer.summarize;

import iopath.analyzer.event.CallStack;
import iopath.analyzer.library.Advice;
import iopath.analyzer.library.Libraries;
import iopath.analyzer.summarize.Finding.Severity;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands out in a profile, with a fix each.
 *
 * <p>A finding prices a copy. Whether the application waits for the CPU that makes it, iopath does not know.
 *
 * @param transfers all rows, most bytes first
 * @param seenSites sites of all samples, those without a weight included, most bytes first
 * @param seenStacks likewise
 * @param silent whether no agent said anything
 * @param application whose lines are to be named
 */
record Findings(
        Summary summary,
        List<Transfer> transfers,
        List<Estimate> estimates,
        List<SmallIo> smallIo,
        List<Io> io,
        List<Site> seenSites,
        List<Stack> seenStacks,
        List<Hook> hooks,
        Blind blind,
        boolean silent,
        Application application) {

    /** Refused attempts before it is called a spin: a selector loop has one or two for each that moves bytes. */
    private static final long SPIN_FACTOR = 4;

    private static final long MANY_CALLS = 1000;

    /** Copies for nothing that nobody has to hear of; in bytes. */
    private static final long FEW_COPIED = 1 << 20;

    /** Bounds of what is advised to be written at a time; in bytes. */
    private static final long LEAST_AT_A_TIME = 16 << 10;

    private static final long MOST_AT_A_TIME = 1 << 20;

    static final String PARTIAL_HEAP_WRITES = "partial-heap-writes";

    /** Details that say more than a library's advice on the reason could. */
    private static final Set<String> NAMES_ITS_CAUSE = Set.of(Words.SENT_AGAIN, Words.SAME_FILE, Words.CROSS_DEVICE);

    static final String NO_EVENTS = "no-events";

    /** All findings: warnings first, most bytes first. */
    List<Finding> list() {
        List<Finding> found = new ArrayList<>();
        if (silent) {
            found.add(noEvents());
        }
        copies(found);
        spins(found);
        ends(found);
        cuts(found);
        partialWrites(found);
        small(found);
        blindSpots(found);
        found.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Comparator.comparingLong(Finding::bytes).reversed())
                .thenComparing(Finding::code)
                .thenComparing(Finding::sentence));
        return found;
    }

    private static Finding noEvents() {
        return new Finding(
                NO_EVENTS,
                Severity.WARNING,
                "The recording has no iopath event: the agent was not loaded, or its hooks could not be applied.",
                0,
                "Start the application with -javaagent:iopath-agent.jar before any recording is dumped, and look for a"
                        + " line of iopath on its stderr. A recording of one JVM tells nothing of another.");
    }

    /** One finding for each flow and reason and, where a reason names something, for each of its names. */
    private void copies(List<Finding> found) {
        Map<Group, List<Transfer>> groups = new LinkedHashMap<>();
        for (Transfer transfer : transfers) {
            if (!transfer.isInferred()
                    && (transfer.isEndToEnd() || transfer.reason().equals("modified"))) {
                // The fix for a loop depends on what it reads, and out of which memory it writes.
                Group group = new Group(
                        transfer.reason(),
                        transfer.detail() == null ? "" : transfer.detail(),
                        transfer.source(),
                        transfer.sink(),
                        transfer.path().equals(Words.MAPPED));
                groups.computeIfAbsent(group, k -> new ArrayList<>()).add(transfer);
            }
        }
        for (List<Transfer> group : groups.values()) {
            Finding finding = copy(group);
            if (finding != null && finding.bytes() > 0) {
                found.add(finding);
            }
        }
    }

    private record Group(String reason, String detail, String source, String sink, boolean mapped) {}

    /** Rows of one flow each: what people ask about, and what has a fix of its own. */
    private static Collection<List<Transfer>> flows(List<Transfer> rows) {
        Map<List<String>, List<Transfer>> flows = new LinkedHashMap<>();
        for (Transfer row : rows) {
            flows.computeIfAbsent(List.of(row.source(), row.sink()), k -> new ArrayList<>())
                    .add(row);
        }
        return flows.values();
    }

    private @Nullable Finding copy(List<Transfer> group) {
        Transfer first = group.get(0);
        String detail = first.detail();
        String what = what(group);
        if (Words.SENT_AGAIN.equals(detail)) {
            return info(
                    group,
                    Words.SENT_AGAIN,
                    what + " out of a buffer whose bytes had been sent before: they were not read for it, so half the"
                            + " copies were made.",
                    first.source().equals(Words.FILE)
                            ? "None where the content is cached on purpose. FileChannel.transferTo would save the other"
                                    + " half, as long as the file stays in the page cache."
                            : "None: one read served several writes.");
        }
        return switch (first.reason()) {
            case "read-write-loop" -> loop(group, what);
            case "stream-loop" ->
                copy(
                        group,
                        first.reason(),
                        what + " because java.io streams hand it on through a byte array.",
                        "Open both ends as channels and call FileChannel.transferTo. On JDK 21 and later,"
                                + " Files.newInputStream(file).transferTo(out) does it for you where out comes from"
                                + " Files.newOutputStream or Channels.newOutputStream(socketChannel); a java.net.Socket's"
                                + " stream always copies.");
            case "wrapped-channel" ->
                copy(
                        group,
                        first.reason(),
                        what + " because transferTo or transferFrom was given "
                                + (detail == null ? "a wrapper" : "an object of class " + detail)
                                + ", which is no channel of the JDK's own:"
                                + " it then reads and writes in steps of at most 8 KiB.",
                        wrapped(detail));
            case "append-target" ->
                copy(
                        group,
                        first.reason(),
                        what + " because the target was opened with APPEND, which the kernel refuses.",
                        "Open the target with WRITE and position it at its end. On JDK 17 and 21 this matters beyond the"
                                + " call: one transferTo into a file opened with APPEND turns kernel transfers to files"
                                + " off for the whole JVM until it exits.");
            case "kernel-refused" -> refused(group, what, detail);
            case "tls" ->
                copy(
                        group,
                        first.reason(),
                        what + " because it was encrypted or decrypted in user space; sendfile cannot do that.",
                        "If these bytes must be encrypted, the copies come with it: the cipher, not the copy, may be most"
                                + " of the cost, so measure before you change it. Direct buffers and several 16 KiB"
                                + " records in one write save some. Where the network is trusted, a plaintext listener or a"
                                + " proxy that ends TLS brings sendfile back.");
            case "no-jdk-path" ->
                copy(
                        group,
                        first.reason(),
                        what + " because the JDK has no in-kernel way for this pair"
                                + (detail == null ? "." : " (" + detail + ")."),
                        first.source().equals(Words.SOCKET)
                                ? loop(first)
                                : "For two files, source.transferTo(position, count, target) stays in the kernel on every"
                                        + " JDK, transferFrom from JDK 21. Pipes and datagram channels are not served from"
                                        + " JDK 25 on: use a direct buffer that is reused.");
            case "not-a-regular-file" ->
                info(
                        group,
                        first.reason(),
                        what
                                + " because the source is no regular file (procfs, a pipe, a device): the kernel cannot send"
                                + " from it.",
                        "Nothing to gain unless these bytes are many; then copy them to a regular file once.");
            case "small-transfer" ->
                info(
                        group,
                        first.reason(),
                        what + " because a transfer was below the size from which the JDK or library tries the kernel.",
                        "Ask for more bytes in one call, if there are more.");
            case "modified" ->
                info(
                        group,
                        first.reason(),
                        Amount.bytes(bytes(group))
                                + " was written out of memory that a read had filled, and that held other"
                                + " bytes by then: what was read had been changed (compressed, parsed, re-framed), or the"
                                + " buffer was used for something else.",
                        "None: what the application changes or makes has to pass through it.");
            case Words.NONE -> null;
            default ->
                first.isUnknown()
                        ? null
                        : copy(
                                group,
                                "unknown-reason",
                                what + " for a reason that this version does not know (" + first.reason() + ").",
                                "Look at the sites in this report; if the code calls transferTo, please report it.");
        };
    }

    /** What takes a wrapper out of the way, by its class. */
    private static String wrapped(@Nullable String type) {
        if (type != null && type.startsWith("java.nio.channels.Channels$")) {
            return "Pass the SocketChannel or FileChannel itself to transferTo: Channels.newChannel(stream) copies through"
                    + " an array of its own. A java.net.Socket has a channel only if it was made by"
                    + " SocketChannel.open().socket() or accepted by a ServerSocketChannel.";
        }
        if (type != null && type.endsWith("$EpollSocketWritableByteChannel")) {
            return "Pass the SocketChannel or FileChannel itself to transferTo: Netty's native transports give this"
                    + " wrapper to each FileRegion that is no DefaultFileRegion. Write a DefaultFileRegion, or a subclass"
                    + " of it, which they hand to sendfile; or use the NIO transport.";
        }
        return "Pass the SocketChannel or FileChannel itself to transferTo, and count or limit by what it returns; or let"
                + " the wrapper hand the whole transfer on to the channel inside."
                + (type == null ? "" : " The wrapper is " + type + ".");
    }

    private Finding loop(List<Transfer> group, String what) {
        Transfer first = group.get(0);
        if (first.path().equals(Words.MAPPED)) {
            return copy(
                    group,
                    first.reason(),
                    what + " because the application writes out of, or reads into, a mapping.",
                    "Where the bytes are passed on unchanged, FileChannel.transferTo(position, count, target) saves"
                            + " the copy, the page faults and the mapping.");
        }
        return copy(
                group,
                first.reason(),
                what + " because the application reads into a buffer and writes the buffer out.",
                first.source().equals(Words.FILE)
                        ? "Where the bytes are passed on unchanged, call FileChannel.transferTo(position, count,"
                                + " target) in a loop until all are sent. If the loop has to stay, a direct buffer"
                                + " that is reused saves the JDK's two copies."
                        : "The JDK has no in-kernel way from a " + first.source() + ": keep the loop, with one"
                                + " direct buffer that is reused; it saves the JDK's two copies.");
    }

    /** What makes it cheaper to take bytes from a socket, which the kernel cannot pass on for the JDK. */
    private static String loop(Transfer first) {
        if (first.evidence().equals(Words.SAME_CALL)) {
            return "transferFrom(socket) reads 8 KiB at a time through a heap buffer: a loop of your own with a larger"
                    + " direct buffer that is reused has fewer calls and half the copies.";
        }
        if (first.path().equals(Words.DIRECT) && first.applicationCopies() == 0) {
            return "This loop has the fewest copies that the JDK offers; a larger buffer has fewer calls.";
        }
        return "A loop with a larger direct buffer that is reused, and written as it was read, has fewer calls and the"
                + " fewest copies.";
    }

    private Finding refused(List<Transfer> group, String what, @Nullable String detail) {
        if (Words.POISONED.equals(detail)) {
            return copy(
                    group,
                    "poisoned",
                    what + " because an earlier transferTo into a file opened with APPEND has turned kernel transfers"
                            + " to files off for the whole JVM.",
                    "Find the append: it is a finding here too if it was recorded, else it came before the recording."
                            + " Open its target with WRITE and position it at its end. JDK 25 has no such switch.");
        }
        String why = detail == null
                ? "because the kernel refused the transfer."
                : "because the kernel refused the transfer (" + detail + ").";
        String fix = detail == null
                ? "See what lies under the two ends: some file systems (overlay, fuse, network) refuse the call."
                : switch (detail) {
                    case Words.CROSS_DEVICE ->
                        "Source and target lie on different file systems, where transferFrom cannot"
                                + " stay in the kernel: source.transferTo(position, count, target) can.";
                    case Words.SAME_FILE -> "Source and target are one open file: open it twice.";
                    default ->
                        "See what lies under the two ends: some file systems (overlay, fuse, network) refuse"
                                + " the call.";
                };
        return copy(group, "kernel-refused", what + " " + why, fix);
    }

    /** The start of a sentence: how many bytes went from where to where on which path. */
    private static String what(List<Transfer> group) {
        Transfer first = group.get(0);
        boolean alike = group.stream().allMatch(row -> row.path().equals(first.path()));
        return Amount.bytes(bytes(group)) + " went from " + first.source() + " to " + first.sink()
                + (alike ? " on the path " : ", most of it on the path ") + first.path();
    }

    private Finding copy(List<Transfer> group, String code, String sentence, String fix) {
        long bytes = bytes(group);
        long more = mayBe(group);
        String most = more == 0 ? "" : " Up to " + Amount.bytes(more) + " more may have gone so.";
        Severity severity = severity(Saturated.add(bytes, more));
        return finding(group, code, severity, sentence + most, bytes, fix);
    }

    private Finding info(List<Transfer> group, String code, String sentence, String fix) {
        return finding(group, code, Severity.INFO, sentence, bytes(group), fix);
    }

    private Finding finding(
            List<Transfer> group, String code, Severity severity, String sentence, long bytes, String fix) {
        Finding told = told(group, code, severity, sentence, bytes, fix);
        return told.with(
                followable(group, told.places(), fix),
                group.stream().map(Work::of).toList());
    }

    /** The general advice, or that of the library that holds the loop: its reader cannot change the library's code. */
    private String followable(List<Transfer> group, List<Place> places, String general) {
        String detail = group.get(0).detail();
        if (detail != null && NAMES_ITS_CAUSE.contains(detail)) {
            return general;
        }
        String frame = places.isEmpty() ? "" : places.get(0).inner();
        return adviceAt(group, frame)
                .or(() -> adviceBelow(group, frame))
                .map(advice -> advice.over(general))
                .orElse(general);
    }

    private static Optional<Advice> adviceAt(List<Transfer> group, String frame) {
        return group.stream()
                .flatMap(row -> advice(frame, row.source(), row.sink(), row.path(), row.reason()).stream())
                .findFirst();
    }

    /** The advice on what the code called, innermost first: a transport, or a server of the JDK. */
    private Optional<Advice> adviceBelow(List<Transfer> group, String frame) {
        return stacksOf(group)
                .filter(stack -> frame.isEmpty() || stack.frames().contains(frame))
                .findFirst()
                .flatMap(stack -> {
                    List<String> inner = new ArrayList<>(stack.frames()
                            .subList(
                                    stack.frames().lastIndexOf(frame) + 1,
                                    stack.frames().size()));
                    Collections.reverse(inner);
                    return inner.stream()
                            .flatMap(each ->
                                    advice(each, stack.source(), stack.sink(), stack.path(), stack.reason()).stream())
                            .findFirst();
                });
    }

    private Stream<Stack> stacksOf(List<Transfer> group) {
        return seenStacks.stream().filter(stack -> group.stream().anyMatch(stack::isOf));
    }

    private static Optional<Advice> advice(String frame, String source, String sink, String path, String reason) {
        return Libraries.known().of(frame).flatMap(library -> library.advice(source, sink, path, reason));
    }

    /** What looks at content did not reach, and that may have been copied like what they found; in bytes. */
    private long mayBe(List<Transfer> group) {
        return estimates.stream()
                .filter(estimate -> group.stream()
                        .anyMatch(row -> row.evidence().equals(Words.SAME_BYTES)
                                && row.source().equals(estimate.source())
                                && row.sink().equals(estimate.sink())))
                .mapToLong(Estimate::highBytes)
                .reduce(0, Saturated::add);
    }

    /** Less than one byte in a hundred is nothing to be warned of. */
    private Severity severity(long bytes) {
        return bytes >= summary.moved() / 100.0 ? Severity.WARNING : Severity.INFO;
    }

    private static String seenAt(List<Place> places) {
        return places.isEmpty() ? "" : " Seen at " + places.get(0).text() + ".";
    }

    /** The code that moved most of the bytes; empty if it is not known. */
    private List<Place> places(List<Transfer> group) {
        Map<List<@Nullable String>, Long> bytes = new LinkedHashMap<>();
        stacksOf(group).forEach(stack -> {
            String inner = CallStack.site(stack.frames());
            String own = application.frameOf(stack.frames());
            if (inner != null || own != null) {
                String frame = own == null ? inner : own;
                List<@Nullable String> key = Arrays.asList(frame, inner == null || inner.equals(frame) ? null : inner);
                bytes.merge(key, stack.bytes(), Saturated::add);
            }
        });
        if (bytes.isEmpty()) {
            // Of a profile that is merged, stacks are left out where they are too many.
            seenSites.stream()
                    .filter(site -> group.stream().anyMatch(site::isOf))
                    .filter(site -> !site.frame().startsWith("("))
                    .forEach(site -> bytes.merge(Arrays.asList(site.frame(), null), site.bytes(), Saturated::add));
        }
        return bytes.entrySet().stream()
                .map(entry -> new Place(
                        String.valueOf(entry.getKey().get(0)), entry.getKey().get(1), entry.getValue()))
                .sorted(Comparator.comparingLong(Place::bytes)
                        .reversed()
                        .thenComparing(Place::frame)
                        .thenComparing(Place::inner))
                .limit(Finding.MOST_PLACES)
                .toList();
    }

    private static long bytes(List<Transfer> group) {
        return group.stream().mapToLong(Transfer::bytes).reduce(0, Saturated::add);
    }

    private void spins(List<Finding> found) {
        int before = found.size();
        for (List<Transfer> refused : flows(transfers.stream()
                .filter(t -> Words.WOULD_BLOCK.equals(t.detail()))
                .toList())) {
            long calls = refused.stream().mapToLong(Transfer::calls).reduce(0, Saturated::add);
            long operations = refused.stream().mapToLong(Transfer::operations).reduce(0, Saturated::add);
            if (spins(calls, operations)) {
                found.add(told(
                        refused,
                        Words.WOULD_BLOCK,
                        Severity.WARNING,
                        Amount.count(calls, "call") + " of transferTo for " + Amount.count(operations, "operation")
                                + " that moved bytes: the socket was full, the call returned 0, and the code called"
                                + " again at once.",
                        bytes(refused),
                        "When transferTo returns 0, wait until a selector says that the socket can be written. A virtual"
                                + " thread makes its socket non-blocking: on JDK 21 and later transferTo from a virtual"
                                + " thread, and InputStream.transferTo to a socket, spin like this; send from a platform"
                                + " thread, or write a buffer in a loop."));
            }
        }
        if (found.size() > before) {
            return;
        }
        for (Io row : io) {
            if (!spins(row.calls() - callsAtTheEnd(row), row.operations())) {
                continue;
            }
            if (row.endpoint().equals(Words.FILE) && row.direction().equals(Words.READ)) {
                found.add(new Finding(
                        Words.END_OF_FILE,
                        severity(row.bytes()),
                        Amount.count(row.calls(), "file read") + " for "
                                + Amount.count(row.operations(), "operation") + " that moved bytes (buffer "
                                + row.buffer() + "): the others met the end of the file.",
                        row.bytes(),
                        "Stop at the end; who waits for more to be appended sleeps between reads, or is woken by a"
                                + " WatchService."));
            } else {
                found.add(new Finding(
                        Words.WOULD_BLOCK,
                        severity(row.bytes()),
                        Amount.count(row.calls(), row.endpoint() + " " + row.direction()) + " for "
                                + Amount.count(row.operations(), "operation") + " that moved bytes (buffer "
                                + row.buffer() + "): the others found nothing to do.",
                        row.bytes(),
                        "Wait for a selector, or block, before trying again."));
            }
        }
    }

    /** Calls of a row that transfers at the end of a file have made. */
    private long callsAtTheEnd(Io row) {
        if (!row.buffer().equals("kernel")) {
            return 0;
        }
        boolean read = row.direction().equals(Words.READ);
        return transfers.stream()
                .filter(t -> Words.END_OF_FILE.equals(t.detail()))
                .filter(t -> row.endpoint().equals(read ? t.source() : t.sink()))
                .mapToLong(Transfer::calls)
                .reduce(0, Saturated::add);
    }

    /** A loop until all that was announced is sent, which does not end where the file has got shorter meanwhile. */
    private void ends(List<Finding> found) {
        for (List<Transfer> ended : flows(transfers.stream()
                .filter(t -> Words.END_OF_FILE.equals(t.detail()))
                .toList())) {
            List<Transfer> moved = transfers.stream()
                    .filter(t -> t.isInKernel() && t.bytes() > 0 && areOneWay(ended.get(0), t))
                    .toList();
            long calls = ended.stream().mapToLong(Transfer::calls).reduce(0, Saturated::add);
            long operations = moved.stream().mapToLong(Transfer::operations).reduce(0, Saturated::add);
            if (spins(calls, operations)) {
                found.add(told(
                        ended,
                        Words.END_OF_FILE,
                        Severity.WARNING,
                        Amount.count(calls, "call") + " of transferTo or transferFrom found the file at its end and"
                                + " moved nothing, beside " + Amount.count(operations, "operation")
                                + " that moved bytes: a loop until all is sent does not end where the file was cut"
                                + " meanwhile.",
                        bytes(moved),
                        "When transferTo returns 0, compare the position with FileChannel.size(): at the end give up,"
                                + " and close the connection if more was announced. Who replaces a file that is being"
                                + " sent renames a new one over it in place of cutting it."));
            }
        }
    }

    /** A finding about calls that have no price. */
    private Finding told(
            List<Transfer> group, String code, Severity severity, String sentence, long bytes, String fix) {
        List<Place> places = places(group);
        return new Finding(
                code,
                severity,
                sentence + seenAt(places),
                bytes,
                fix,
                List.of(),
                group.stream().map(Transfer::source).distinct().count() == 1
                        ? group.get(0).source()
                        : null,
                group.get(0).sink(),
                places);
    }

    private static boolean areOneWay(Transfer a, Transfer b) {
        return a.source().equals(b.source()) && a.sink().equals(b.sink());
    }

    private void cuts(List<Finding> found) {
        for (List<Transfer> cut : flows(
                transfers.stream().filter(t -> Words.CUT.equals(t.detail())).toList())) {
            long operations = cut.stream().mapToLong(Transfer::operations).reduce(0, Saturated::add);
            if (operations > 0) {
                found.add(told(
                        cut,
                        Words.CUT,
                        Severity.INFO,
                        Amount.count(operations, "call")
                                + " of transferTo or transferFrom moved 2,147,479,552 bytes, which is"
                                + " all that Linux moves in one call: what was asked for beyond that was left.",
                        bytes(cut),
                        "Call it in a loop, from where the last call came to, until all is sent: what it returns says"
                                + " how much that was."));
            }
        }
    }

    private static boolean spins(long calls, long operations) {
        return calls >= MANY_CALLS && calls / SPIN_FACTOR > operations;
    }

    /** One finding a kind of sink to which more was copied for nothing than was written. */
    private void partialWrites(List<Finding> found) {
        Map<String, List<Transfer>> sinks = new LinkedHashMap<>();
        for (Transfer transfer : transfers) {
            if (transfer.copiedInVain() > 0) {
                sinks.computeIfAbsent(transfer.sink(), k -> new ArrayList<>()).add(transfer);
            }
        }
        sinks.forEach((sink, group) -> {
            long copied = group.stream().mapToLong(Transfer::copiedInVain).reduce(0, Saturated::add);
            long bytes = bytes(group);
            if (copied > bytes && copied >= FEW_COPIED) {
                found.add(told(
                        group,
                        PARTIAL_HEAP_WRITES,
                        severity(copied),
                        "The JDK copied " + Amount.bytes(copied) + " for nothing while " + Amount.bytes(bytes)
                                + " was written to " + sink + " out of heap buffers: before each call it copies all"
                                + " that remains in the buffer, and what the call does not take it copies again for"
                                + " the next.",
                        bytes,
                        "Write at most " + (atATime(sink) >> 10) + " KiB at a time: set the buffer's limit before each"
                                + " write, or wrap pieces of the array. Of a direct buffer the JDK copies nothing."));
            }
        });
    }

    /** About as much as one call has taken on average, as a power of two of bytes. */
    private long atATime(String sink) {
        long bytes = 0;
        long operations = 0;
        for (Io row : io) {
            if (row.endpoint().equals(sink)
                    && row.direction().equals(Words.WRITE)
                    && row.buffer().equals("heap")) {
                bytes = row.bytes();
                operations = row.operations();
            }
        }
        long mean = operations <= 0 ? LEAST_AT_A_TIME : bytes / operations;
        return Math.max(LEAST_AT_A_TIME, Math.min(MOST_AT_A_TIME, Long.highestOneBit(Math.max(mean, 1))));
    }

    private void small(List<Finding> found) {
        for (String direction : List.of(Words.READ, Words.WRITE)) {
            List<SmallIo> rows = smallIo.stream()
                    .filter(s -> s.direction().equals(direction))
                    .toList();
            if (rows.isEmpty()) {
                continue;
            }
            SmallIo most = rows.get(0);
            long bytes = rows.stream().mapToLong(SmallIo::bytes).reduce(0, Saturated::add);
            long operations = rows.stream().mapToLong(SmallIo::operations).reduce(0, Saturated::add);
            found.add(new Finding(
                    "small-" + direction + "s",
                    severity(bytes),
                    Amount.count(operations, direction) + " of " + bytes / operations + " bytes on average, most of"
                            + " them " + (direction.equals(Words.READ) ? "from " : "to ") + most.kind() + " "
                            + most.name() + ": at this size the calls cost more than the copies.",
                    bytes,
                    direction.equals(Words.READ)
                            ? "Read into a larger buffer (64 KiB is past the knee), or put a BufferedInputStream"
                                    + " around the stream."
                            : "Collect small pieces into one buffer, or write them together with a gathering write.",
                    rows.stream().map(Work::of).toList()));
        }
    }

    private void blindSpots(List<Finding> found) {
        if (summary.inferred() > 0) {
            found.add(new Finding(
                    "inferred",
                    Severity.INFO,
                    Amount.bytes(summary.inferred()) + " was probably passed on: it was written by the thread that had"
                            + " just read as many bytes, but not from the same memory.",
                    summary.inferred(),
                    "Take it as a hint; it is in no other sum of this report."));
        }
        if (summary.unknown() > 0) {
            found.add(new Finding(
                    "unknown-path",
                    severity(summary.unknown()),
                    Amount.bytes(summary.unknown()) + " moved in a way that iopath does not know.",
                    summary.unknown(),
                    "See the hooks that were not applied, if any: a library that does its own system calls, or a JDK that is new to this"
                            + " version, is seen from outside only."));
        }
        hooks(found, "failed", "hook-failed", Severity.WARNING, "could not be applied");
        hooks(found, "absent", "hook-absent", Severity.INFO, "found no such method on this JDK");
        if (blind.failures() > 0) {
            HookFailure most = blind.suppressed().get(0);
            found.add(new Finding(
                    "hook-threw",
                    Severity.WARNING,
                    "Hooks failed in " + Amount.count(blind.failures(), "call") + ", most of them "
                            + most.target() + " by " + most.thrown()
                            + ": the application did not notice, and what these calls moved is in no sum.",
                    0,
                    "Take all sums as lower bounds. A StackOverflowError is the application's own near the end of its"
                            + " stack; a security exception goes away when the policy grants the agent's jar all"
                            + " permissions; please report any other."));
        }
        for (String caution : blind.cautions()) {
            found.add(new Finding(
                    "agent-warning",
                    Severity.WARNING,
                    "The agent warned: " + caution + ".",
                    0,
                    "What moved after that is not in this report; iopath doctor PID says what may stand in the way."));
        }
        if (blind.linksLost() > 0) {
            found.add(new Finding(
                    "links-lost",
                    Severity.INFO,
                    "What was read into " + Amount.count(blind.linksLost(), "piece of memory", "pieces of memory")
                            + " of up to 16 KiB had to be forgotten before it could be recognised in a write; it shows"
                            + " as file or socket to memory.",
                    0,
                    "Numbers of proven transfers are a lower bound here."));
        }
        if (blind.rowsFolded() + blind.namesFolded() > 0) {
            found.add(new Finding(
                    "rows-folded",
                    Severity.INFO,
                    "There were more files and addresses than the tables hold: "
                            + Amount.count(Saturated.add(blind.rowsFolded(), blind.namesFolded()), "row")
                            + " count under (other).",
                    0,
                    "The sums are exact; names are missing from the list of endpoints only."));
        }
        if (blind.samplesDropped() > 0) {
            found.add(new Finding(
                    "samples-dropped",
                    Severity.INFO,
                    blind.samplesDropped() + " of " + Saturated.add(blind.samples(), blind.samplesDropped())
                            + " samples were over the event budget and were not recorded.",
                    0,
                    "Sites are estimated from the rest; take fewer samples with the agent's option sample=BYTES."));
        }
        if (!blind.warnings().isEmpty()) {
            found.add(new Finding(
                    "damaged-recording",
                    Severity.WARNING,
                    "Parts of the recording could not be read: all sums are lower bounds.",
                    0,
                    "Let the JVM end by itself, or dump with jcmd PID JFR.dump, to get a whole recording."));
        }
    }

    private void hooks(List<Finding> found, String status, String code, Severity severity, String what) {
        Predicate<Hook> ofStatus = hook -> hook.status().equals(status);
        List<String> targets =
                hooks.stream().filter(ofStatus).map(Hook::target).sorted().toList();
        if (targets.isEmpty()) {
            return;
        }
        int shown = Math.min(3, targets.size());
        String names = String.join(", ", targets.subList(0, shown))
                + (targets.size() > shown ? " and " + (targets.size() - shown) + " more" : "");
        found.add(new Finding(
                code,
                severity,
                Amount.count(targets.size(), "hook") + " " + what + ": " + names + ".",
                0,
                severity == Severity.WARNING
                        ? "What passes there is not in this report, or is on an unknown path; the list of hooks says"
                                + " why."
                        : "None: JDKs differ in what they have."));
    }
}
