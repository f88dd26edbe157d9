package iopath.demo.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@code iopath report --format json} that the demo compares. */
record Report(List<Row> rows) {
    private static final String INFERRED = "same-thread";

    /** One entry of {@code transfers}. */
    record Row(
            String source,
            String sink,
            String path,
            String evidence,
            String detail,
            double bytes,
            double operations,
            double calls,
            double copiesPerByte) {

        boolean proven() {
            return !evidence.equals(INFERRED) && !evidence.equals("none");
        }
    }

    static Report parse(String json) {
        if (!(Json.parse(json) instanceof Map<?, ?> report && report.get("transfers") instanceof List<?> transfers)) {
            throw new IllegalArgumentException("the report has no transfers");
        }
        List<Row> rows = new ArrayList<>();
        for (Object transfer : transfers) {
            if (transfer instanceof Map<?, ?> fields) {
                rows.add(row(fields));
            }
        }
        return new Report(List.copyOf(rows));
    }

    private static Row row(Map<?, ?> fields) {
        return new Row(
                text(fields.get("source")),
                text(fields.get("sink")),
                text(fields.get("path")),
                text(fields.get("evidence")),
                text(fields.get("detail")),
                number(fields.get("bytes")),
                number(fields.get("operations")),
                number(fields.get("calls")),
                number(fields.get("cpuCopies")));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static double number(@Nullable Object value) {
        if (value instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException("the report has " + value + " where a number belongs");
    }

    /** What provably went from one kind of endpoint to another. */
    Flow flow(String source, String sink) {
        List<Row> linked = rows.stream()
                .filter(row -> row.proven()
                        && row.source().equals(source)
                        && row.sink().equals(sink))
                .toList();
        // What the cipher adds has no source to link to.
        double written = rows.stream()
                .filter(row -> row.sink().equals(sink) && !row.detail().equals("tls-framing"))
                .mapToDouble(Row::bytes)
                .sum();
        return new Flow(linked, written);
    }

    /**
     * The proven transfers between two kinds of endpoint.
     *
     * @param writtenBytes all that was written to such a sink, wherever it came from, less TLS framing
     */
    record Flow(List<Row> rows, double writtenBytes) {
        double bytes() {
            return rows.stream().mapToDouble(Row::bytes).sum();
        }

        double operations() {
            return rows.stream().mapToDouble(Row::operations).sum();
        }

        double calls() {
            return rows.stream().mapToDouble(Row::calls).sum();
        }

        double copiesPerByte() {
            return rows.stream()
                            .mapToDouble(row -> row.copiesPerByte() * row.bytes())
                            .sum()
                    / bytes();
        }

        double kernelBytes() {
            List<String> kernel = List.of("sendfile", "copy-file-range", "splice");
            return rows.stream()
                    .filter(row -> kernel.contains(row.path()))
                    .mapToDouble(Row::bytes)
                    .sum();
        }

        double kernelShare() {
            return kernelBytes() / bytes();
        }

        double linkedShare() {
            return bytes() / writtenBytes;
        }

        boolean isEmpty() {
            return bytes() == 0;
        }
    }
}
