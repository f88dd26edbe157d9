package iopath.it;

import iopath.it.Report.Row;
import iopath.it.Syscalls.Flow;
import iopath.it.Syscalls.Moved;
import iopath.it.scenario.Moves;
import iopath.it.scenario.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows that a scenario's annotations claim. */
final class Expected {

    private Expected() {}

    /** Resolves the rows whose size only the run can tell. */
    static List<Row> rows(List<Moves> moves, Map<Flow, Moved> traced) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Moves move : moves) {
            rows.add(new Row(
                    move.from(),
                    move.to(),
                    move.path(),
                    move.reason(),
                    move.detail().isEmpty() ? null : move.detail(),
                    move.evidence(),
                    bytes(move, moves, traced)));
        }
        return rows;
    }

    private static long bytes(Moves move, List<Moves> moves, Map<Flow, Moved> traced) throws IOException {
        if (move.bytes() == Moves.PROC_BYTES) {
            return Files.readString(Path.of(Place.PROC_FILE)).length();
        }
        if (move.bytes() != Moves.REST) {
            return move.bytes();
        }
        boolean read = move.to().equals("memory");
        long rest = read ? moved(traced, move.from(), "read") : moved(traced, move.to(), "write");
        for (Moves other : moves) {
            if (other.bytes() >= 0
                    && (read ? other.from().equals(move.from()) : other.to().equals(move.to()))) {
                rest -= other.bytes();
            }
        }
        return rest;
    }

    private static long moved(Map<Flow, Moved> traced, String endpoint, String direction) {
        return traced.entrySet().stream()
                .filter(flow -> flow.getKey().endpoint().equals(endpoint)
                        && flow.getKey().direction().equals(direction))
                .mapToLong(flow -> flow.getValue().bytes())
                .sum();
    }
}
