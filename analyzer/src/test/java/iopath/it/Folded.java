package iopath.it;

import iopath.it.Report.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a report that proves transfers by content, with what it could not prove of them put back.
 *
 * <p>A chunk that ends at the border of a read or a write is not recognised: its bytes must then be told as read into
 * memory and as written from memory, as many of the one as of the other, and no more than a tenth.
 */
final class Folded {

    private Folded() {}

    static List<Row> rows(List<Row> rows) {
        List<Row> folded = new ArrayList<>(rows);
        for (Row proven : rows) {
            if (proven.evidence().equals("same-bytes")) {
                List<Row> read = folded.stream()
                        .filter(row -> row.source().equals(proven.source())
                                && row.sink().equals("memory"))
                        .toList();
                List<Row> written = folded.stream()
                        .filter(row ->
                                row.source().equals("memory") && row.sink().equals(proven.sink()))
                        .toList();
                long missed = sum(read);
                if (missed == sum(written) && missed <= proven.bytes() / 10) {
                    folded.removeAll(read);
                    folded.removeAll(written);
                    folded.remove(proven);
                    folded.add(new Row(
                            proven.source(),
                            proven.sink(),
                            proven.path(),
                            proven.reason(),
                            proven.detail(),
                            proven.evidence(),
                            proven.bytes() + missed));
                }
            }
        }
        return folded;
    }

    private static long sum(List<Row> rows) {
        return rows.stream().mapToLong(Row::bytes).sum();
    }
}
