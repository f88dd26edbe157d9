package iopath.analyzer.compare;

import iopath.analyzer.compare.Shift.Kind;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The one sentence that a comparison comes to. */
record DiffVerdict(Diff.Side before, Diff.Side after, List<Shift> pairs) {
    /** Copies a byte that differ by less are the same. */
    private static final double SAME_COPIES = 0.01;

    String sentence() {
        if (before.summary().moved() == 0 || after.summary().moved() == 0) {
            return "Nothing can be compared: no bytes moved in " + silent() + ".";
        }
        List<Shift> ends = pairs.stream().filter(Shift::isEndToEnd).toList();
        return main(ends) + copies() + ".";
    }

    private String silent() {
        boolean both = before.summary().moved() == after.summary().moved();
        return both ? "A nor in B" : before.summary().moved() == 0 ? "A" : "B";
    }

    private String main(List<Shift> ends) {
        List<Shift> changed = ends.stream()
                .filter(shift ->
                        shift.kind() == Kind.WORSE || shift.kind() == Kind.BETTER || shift.kind() == Kind.OTHER)
                .sorted(Comparator.comparingDouble((Shift shift) -> -shift.moved() * shift.after()))
                .toList();
        Optional<String> coming = comingAndGoing(ends);
        if (changed.isEmpty()) {
            boolean any = ends.stream().anyMatch(shift -> shift.kind() == Kind.SAME);
            String same = any ? "Same paths" : "No transfer from endpoint to endpoint is in both";
            return coming.map(names -> same + "; " + names).orElse(same);
        }
        Shift first = changed.get(0);
        String more = changed.size() == 1 ? "" : "; " + Amount.count(changed.size() - 1, "other pair") + " changed too";
        return judgement(changed) + ": from " + first.source() + " to " + first.sink() + ", " + first.moves() + more
                + coming.map(names -> "; " + names).orElse("");
    }

    private static String judgement(List<Shift> changed) {
        boolean worse = changed.stream().anyMatch(shift -> shift.kind() == Kind.WORSE);
        boolean better = changed.stream().anyMatch(shift -> shift.kind() == Kind.BETTER);
        return worse && better ? "Mixed" : worse ? "Worse" : better ? "Better" : "Other paths";
    }

    private static Optional<String> comingAndGoing(List<Shift> ends) {
        List<String> parts = new ArrayList<>();
        add(parts, "new in B", ends, Kind.NEW);
        add(parts, "gone in B", ends, Kind.GONE);
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static void add(List<String> parts, String what, List<Shift> ends, Kind kind) {
        List<String> names = ends.stream()
                .filter(shift -> shift.kind() == kind)
                .map(shift -> shift.source() + " to " + shift.sink())
                .toList();
        if (!names.isEmpty()) {
            parts.add(what + ": " + String.join(", ", names));
        }
    }

    private String copies() {
        double first = before.sent().copiesPerByte();
        double second = after.sent().copiesPerByte();
        if (Math.abs(first - second) < SAME_COPIES) {
            return "";
        }
        return String.format(Locale.ROOT, "; each byte sent is copied %.2f times, not %.2f", second, first);
    }
}
