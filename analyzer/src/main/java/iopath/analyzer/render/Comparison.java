package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.numbers;
import static iopath.analyzer.render.Table.Column.words;

import iopath.analyzer.summarize.Io;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Summary;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Profiles of programs that do the same in different ways, side by side. */
public final class Comparison {
    private final Map<String, List<Side>> pairs = new LinkedHashMap<>();

    /**
     * Adds a program.
     *
     * @param pair the programs to compare it with
     * @param role {@code before}, {@code after} or {@code single}
     * @param moral one line
     */
    public void add(String pair, String role, String name, String moral, Profile profile) {
        pairs.computeIfAbsent(pair, p -> new ArrayList<>()).add(new Side(role, name, moral, profile));
    }

    /** The table, each line ended. */
    public String text() {
        Table table = new Table(
                words("Demo"),
                words("Role"),
                words("Path"),
                numbers("Moved"),
                numbers("In kernel"),
                numbers("Copies/B"),
                numbers("Calls/MB"));
        for (List<Side> sides : pairs.values()) {
            for (Side side : sides) {
                side.addTo(table);
            }
        }
        String title = "Before and after (Copies/B: CPU copies of each byte that was passed on)";
        List<String> lines = new ArrayList<>(List.of(title, "-".repeat(title.length())));
        lines.addAll(table.lines());
        return String.join("\n", lines) + "\n";
    }

    private record Side(String role, String name, String moral, Profile profile) {
        void addTo(Table table) {
            Summary summary = profile.summary();
            long passed = summary.transferred();
            table.row(
                    name,
                    role,
                    profile.transfers().stream().findFirst().map(Transfer::path).orElse("-"),
                    Amount.bytes(passed),
                    Amount.share(summary.kernel(), passed),
                    passed == 0 ? "-" : number((double) copies() / passed),
                    passed == 0 ? "-" : number(calls() * 1e6 / passed));
            table.note(moral);
        }

        private long copies() {
            return profile.summary().copied();
        }

        private long calls() {
            return profile.io().stream().mapToLong(Io::calls).sum();
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
        }
    }
}
