package iopath.it;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.command.Iopath;
import iopath.it.Syscalls.Flow;
import iopath.it.Syscalls.Moved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON report of recordings, as any program would read it. */
final class Report {

    private final Map<String, Object> root;
    private final Map<Flow, Moved> printed = new TreeMap<>();

    private Report(Map<String, Object> root) {
        this.root = root;
    }

    /** Runs {@code iopath report --format json}. */
    static Report of(Path... recordings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("report", "--format", "json"));
        for (Path recording : recordings) {
            arguments.add(recording.toString());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Iopath.run(
                arguments.toArray(new String[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        String warnings = err.toString(StandardCharsets.UTF_8);
        if (code != 0 || !warnings.isEmpty()) {
            throw new AssertionError("iopath " + arguments + " ended with " + code + ": " + warnings);
        }
        Report report = new Report(JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8)));
        for (Path recording : recordings) {
            Printed.of(recording).forEach((flow, moved) -> report.printed.merge(flow, moved, Moved::plus));
        }
        return report;
    }

    /**
     * A row of {@code transfers}, without what depends on the clock.
     *
     * @param evidence as in the report; behind it, where the application has copied the bytes, how often: {@code copied x2}
     */
    record Row(
            String source,
            String sink,
            String path,
            String reason,
            @Nullable String detail,
            String evidence,
            long bytes) {

        /** By everything that a row shows. */
        static final Comparator<Row> ORDER = Comparator.comparing(Row::toString);

        /** The row's key. */
        Row withoutBytes() {
            return new Row(source, sink, path, reason, detail, evidence, 0);
        }

        @Override
        public String toString() {
            return source + " -> " + sink + ", " + path + ", " + reason + (detail == null ? "" : " (" + detail + ")")
                    + ", " + evidence + ": " + bytes;
        }
    }

    /** The rows of {@code transfers}, less what the scenario printed and was told. */
    List<Row> transfers() {
        return allTransfers().stream()
                .map(this::unprinted)
                .filter(row -> row.bytes() != 0 || !isPrinted(row))
                .toList();
    }

    private Row unprinted(Row row) {
        long bytes = isPrinted(row) ? row.bytes() - printed(row).bytes() : row.bytes();
        return new Row(row.source(), row.sink(), row.path(), row.reason(), row.detail(), row.evidence(), bytes);
    }

    private boolean isPrinted(Row row) {
        return row.path().equals("heap")
                && row.evidence().equals("none")
                && printed(row).bytes() > 0;
    }

    private Moved printed(Row row) {
        boolean read = row.sink().equals("memory");
        String endpoint = read ? row.source() : row.source().equals("memory") ? row.sink() : "";
        return printed.getOrDefault(new Flow(endpoint, read ? "read" : "write", false), new Moved(0, 0));
    }

    /** A finding about one flow: what it is called, and the application's line. */
    record Told(String code, String source, String sink, String frame, long bytes) {}

    /** The findings about one flow, of code that is known. */
    List<Told> told() {
        return rows("findings").stream()
                .filter(row -> row.get("source") != null && row.get("frame") != null)
                .map(row -> new Told(
                        text(row, "code"),
                        text(row, "source"),
                        text(row, "sink"),
                        text(row, "frame"),
                        number(row, "bytes")))
                .toList();
    }

    /** The rows of {@code transfers} as they are. */
    List<Row> allTransfers() {
        return rows("transfers").stream()
                .map(row -> new Row(
                        text(row, "source"),
                        text(row, "sink"),
                        text(row, "path"),
                        text(row, "reason"),
                        (String) row.get("detail"),
                        evidence(row),
                        number(row, "bytes")))
                .toList();
    }

    /** With how often the application was seen to copy each byte. */
    private static String evidence(Map<?, ?> row) {
        long copies = number(row, "applicationCopies");
        return text(row, "evidence") + (copies > 0 ? " x" + copies : "");
    }

    /** The rows of {@code io}, summed as a system call tracer would see them. */
    Map<Flow, Moved> flows() {
        Map<Flow, Moved> flows = new TreeMap<>();
        for (Map<?, ?> row : rows("io")) {
            Flow flow = new Flow(
                    text(row, "endpoint"),
                    text(row, "direction"),
                    text(row, "buffer").equals("kernel"));
            flows.merge(flow, new Moved(number(row, "bytes"), number(row, "calls")), Moved::plus);
        }
        printed.forEach((flow, moved) -> flows.merge(flow, new Moved(-moved.bytes(), -moved.calls()), Moved::plus));
        flows.values().removeIf(new Moved(0, 0)::equals);
        return flows;
    }

    /** The sum of {@code operations} over all transfers, less the calls that printed. */
    long operations() {
        return rows("transfers").stream()
                        .mapToLong(row -> number(row, "operations"))
                        .sum()
                - printed.values().stream().mapToLong(Moved::calls).sum();
    }

    /** Bytes read and written, by the path of the file and the direction; without what the scenario complained of. */
    Map<String, Long> files() {
        Map<String, Long> files = new TreeMap<>();
        for (Map<?, ?> row : rows("endpoints")) {
            if (text(row, "kind").equals("file")) {
                files.put(text(row, "name") + " read", number(row, "readBytes"));
                files.put(text(row, "name") + " write", number(row, "writtenBytes"));
            }
        }
        files.values().removeIf(bytes -> bytes == 0);
        files.keySet().removeIf(file -> file.contains("/" + Run.ERRORS + " "));
        return files;
    }

    /** CPU copies of all bytes. */
    long copied() {
        return number((Map<?, ?>) Objects.requireNonNull(root.get("summary")), "copiedBytes");
    }

    /** The one sentence. */
    String verdict() {
        return text((Map<?, ?>) Objects.requireNonNull(root.get("summary")), "verdict");
    }

    /** Calls of hooks that failed. */
    long suppressed() {
        Map<?, ?> notSeen = (Map<?, ?>) Objects.requireNonNull(root.get("notSeen"));
        return ((List<?>) Objects.requireNonNull(notSeen.get("suppressed")))
                .stream().mapToLong(row -> number((Map<?, ?>) row, "calls")).sum();
    }

    /** Where bytes were last seen that no hook follows. */
    record Spot(String kind, String name, long bytes, long followed) {

        /** With a file's name alone, if it lies below a folder. */
        Spot inFolder(Path folder) {
            Path path = Path.of(name);
            return path.startsWith(folder) ? new Spot(kind, path.getFileName().toString(), bytes, followed) : this;
        }
    }

    /** The rows of {@code notSeen.spots}. */
    List<Spot> spots() {
        Map<?, ?> notSeen = (Map<?, ?>) Objects.requireNonNull(root.get("notSeen"));
        return ((List<?>) Objects.requireNonNull(notSeen.get("spots")))
                .stream()
                        .map(row -> (Map<?, ?>) row)
                        .map(row -> new Spot(
                                text(row, "kind"), text(row, "name"), number(row, "bytes"), number(row, "followed")))
                        .toList();
    }

    /** The codes of all findings. */
    List<String> findings() {
        return rows("findings").stream().map(row -> text(row, "code")).toList();
    }

    /** The places in the code that moved bytes. */
    List<String> frames() {
        return rows("sites").stream().map(row -> text(row, "frame")).toList();
    }

    /** The hooks that are neither applied nor absent from this JDK. */
    List<String> brokenHooks() {
        return rows("hooks").stream()
                .filter(row -> !List.of("applied", "absent", "off").contains(text(row, "status")))
                .map(Object::toString)
                .toList();
    }

    private List<Map<?, ?>> rows(String name) {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (root.get(name) instanceof List<?> list) {
            list.forEach(row -> rows.add((Map<?, ?>) row));
        }
        return rows;
    }

    private static String text(Map<?, ?> row, String name) {
        return Objects.requireNonNull((String) row.get(name), name);
    }

    private static long number(Map<?, ?> row, String name) {
        return ((Number) Objects.requireNonNull(row.get(name), name)).longValue();
    }
}
