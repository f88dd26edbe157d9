package iopath.analyzer.render;

import static iopath.analyzer.render.Grid.Column.numbers;
import static iopath.analyzer.render.Grid.Column.words;

import iopath.analyzer.summarize.Capped;
import iopath.analyzer.summarize.EndpointUse;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Flow;
import iopath.analyzer.summarize.Live;
import iopath.analyzer.summarize.Moment;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Summary;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a running JVM does, as a picture of any size. */
public final class TopScreen {
    private static final int RATE = 9;
    private static final int PLAIN_WIDTH = 100;
    private static final int PLAIN_ROWS = 10;
    private static final int ROOMY = 20;
    private static final int NARROW = 72;
    private static final String MORE = " ...";
    private static final String RECENT = ", mean of " + Live.RECENT_SECONDS + " s";
    private static final List<String> HELP = List.of(
            "q       leave",
            "s       sort by bytes/s, by bytes/s that were copied, by name",
            "/       show only rows with a text; Enter keeps it, Esc takes it away",
            "p       pause: the picture stands still, nothing is lost",
            "?       these lines, or the tables again",
            "",
            "Paths are of the last second, their bars of the last minute, all rows on one scale.",
            "Endpoints and sites are means of " + Live.RECENT_SECONDS + " s; sites are estimated from samples.",
            "In kernel: the share of the bytes between files, sockets and pipes that never left it.");

    private final Moment moment;
    private final TopView view;
    private final String time;
    private final int width;

    private TopScreen(Moment moment, TopView view, String time, int width) {
        this.moment = moment;
        this.view = view;
        this.time = time;
        this.width = width;
    }

    /** How a line stands out. */
    public enum Look {
        PLAIN,
        BAR,
        HEAD,
        WARNING
    }

    /** One line of a picture. */
    public record Row(String text, Look look) {}

    /**
     * A picture.
     *
     * @param time of the moment, in words
     * @return as many lines as it is high, none wider than it is wide
     */
    public static List<Row> of(Moment moment, TopView view, String time, int width, int height) {
        return new TopScreen(moment, view, time, width).rows(height);
    }

    /** The same as lines for a file, as many as there is something to say. */
    public static List<String> plain(Moment moment, TopView view, String time) {
        TopScreen screen = new TopScreen(moment, view, time, PLAIN_WIDTH);
        List<String> lines = new ArrayList<>(List.of(screen.origin(), screen.sums()));
        for (Section section : screen.sections()) {
            if (section.wanted > 0) {
                lines.add(section.head);
                lines.addAll(section.rows.apply(Math.min(section.wanted, PLAIN_ROWS)));
            }
        }
        return lines;
    }

    private List<Row> rows(int height) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(padded(Line.shortened(origin(), width)), Look.BAR));
        if (height > 2) {
            rows.add(new Row(Line.shortened(sums(), width), Look.PLAIN));
        }
        int room = height - rows.size() - 1;
        List<Row> body = view.help() ? help() : tables(room);
        rows.addAll(body.subList(0, Math.max(0, Math.min(body.size(), room))));
        while (rows.size() < height - 1) {
            rows.add(new Row("", Look.PLAIN));
        }
        rows.add(new Row(padded(Line.shortened(foot(), width)), Look.BAR));
        return rows.subList(0, Math.min(height, rows.size()));
    }

    private String padded(String text) {
        return text + " ".repeat(Math.max(0, width - Line.width(text)));
    }

    private String origin() {
        Recording.Process jvm = moment.process();
        boolean narrow = width < NARROW;
        List<String> parts = new ArrayList<>();
        if (!narrow) {
            parts.add("iopath top");
        }
        parts.add(jvm.pid() == null ? "pid unknown" : "pid " + jvm.pid());
        parts.add(jvm.name() == null ? "main class unknown" : Line.safe(jvm.name()));
        if (!narrow && jvm.java() != null) {
            parts.add("JDK " + Line.safe(jvm.java()));
        }
        parts.add(time);
        String end = view.paused() ? "  PAUSED" : "";
        return String.join("  ", parts) + end;
    }

    private String sums() {
        Summary now = moment.summary();
        if (!moment.current()) {
            return "waiting for the first events";
        }
        if (now.moved() == 0) {
            return "nothing moves";
        }
        boolean narrow = width < NARROW;
        String all = rate(now.moved()) + (narrow ? "" : " moved");
        if (now.transferred() == 0) {
            return all + ", all from or to memory";
        }
        return all + ", " + (narrow ? "" : rate(now.transferred()) + " of it end to end: ")
                + Amount.share(now.kernel(), now.transferred()) + " in kernel, "
                + Amount.share(now.userSpace(), now.transferred()) + " copied";
    }

    private String foot() {
        if (width < NARROW) {
            return view.typing()
                    ? "/" + Line.safe(view.filter()) + "_"
                    : " q  s " + view.sort().text() + "  /  p  ?";
        }
        if (view.typing()) {
            return " filter: " + Line.safe(view.filter()) + "_   Enter keeps it, Esc clears it";
        }
        String filter = view.filter().isEmpty() ? "filter" : "filter: " + Line.safe(view.filter());
        String pause = view.paused() ? "go on" : "pause";
        String help = view.help() ? "back" : "help";
        return " q quit   s sort: " + view.sort().text() + "   / " + filter + "   p " + pause + "   ? " + help;
    }

    private List<Row> help() {
        return Stream.concat(Stream.of(""), HELP.stream())
                .flatMap(line -> Line.width(line) <= width ? Stream.of(line) : Line.wrapped(line, 0, width).stream())
                .map(line -> new Row(line, Look.PLAIN))
                .toList();
    }

    /**
     * One table, or what is like one.
     *
     * @param wanted rows that it would fill
     * @param rows makes so many of them
     */
    private record Section(String head, int wanted, IntFunction<List<String>> rows) {}

    private List<Section> sections() {
        return List.of(paths(), endpoints(), sites(), findings());
    }

    private List<Row> tables(int room) {
        List<Section> sections = sections();
        int[] rows = share(sections, room);
        int used = 0;
        for (int count : rows) {
            used += count == 0 ? 0 : count + 1;
        }
        // A blank line before each table, if no row is lost by it.
        boolean blanks = used + sections.size() <= room;
        List<Row> lines = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
                Section section = sections.get(i);
                if (blanks) {
                    lines.add(new Row("", Look.PLAIN));
                }
                lines.add(new Row(section.head, Look.HEAD));
                boolean warns = i == rows.length - 1;
                for (String text : section.rows.apply(rows[i])) {
                    Look look = warns && text.startsWith("warning") ? Look.WARNING : Look.PLAIN;
                    lines.add(new Row(Line.shortened(text.stripTrailing(), width), look));
                }
            }
        }
        return lines;
    }

    /** A row in turn for each that wants one, as long as there is room; a head takes one more. */
    private static int[] share(List<Section> sections, int room) {
        int[] rows = new int[sections.size()];
        int left = room >= ROOMY ? room - sections.size() : room;
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < rows.length; i++) {
                int cost = rows[i] == 0 ? 2 : 1;
                if (rows[i] < sections.get(i).wanted && left >= cost) {
                    rows[i]++;
                    left -= cost;
                    more = true;
                }
            }
        }
        return rows;
    }

    private Section paths() {
        Grid grid = new Grid(
                width,
                numbers("Bytes/s", RATE, 0),
                numbers("Share", 5, 4),
                words("Transfer", 16, 2),
                words("Path", 15, 0),
                words("Reason", 15, 1),
                numbers("Copy", 4, 5),
                words("Last minute", 12, 3));
        List<Flow> flows = shown(moment.flows(), TopScreen::text, flowOrder());
        int room = grid.lastWidth();
        long highest = flows.stream()
                .mapToLong(flow -> Spark.highest(flow.history(), room))
                .max()
                .orElse(0);
        Spark spark = new Spark(view.ascii(), highest);
        return new Section(
                grid.head(),
                flows.size(),
                max -> capped(flows, max, Flow::others).stream()
                        .map(flow -> path(grid, flow, spark.of(flow.history(), room)))
                        .toList());
    }

    private String path(Grid grid, Flow flow, String bars) {
        Transfer row = flow.now();
        boolean other = row.source().equals(row.path());
        return grid.row(
                rate(row.bytes()),
                percent(row.bytes(), moment.summary().moved()),
                other ? "" : row.source() + " -> " + row.sink(),
                row.path() + (row.isInferred() ? "?" : ""),
                other ? "" : row.reason(),
                row.path().equals("unknown") ? "?" : Integer.toString(row.cpuCopies()),
                bars);
    }

    private Section endpoints() {
        Grid grid = new Grid(
                width,
                numbers("Read/s", RATE, 0),
                numbers("Written/s", RATE, 0),
                words("Kind", 6, 1),
                words("Endpoint" + recent(), 12, 0));
        List<EndpointUse> uses =
                shown(moment.endpoints(), use -> use.kind() + " " + use.name(), byName(EndpointUse::name));
        return new Section(
                grid.head(),
                uses.size(),
                max -> capped(uses, max, EndpointUse::others).stream()
                        .map(use -> grid.row(
                                rate(use.readBytes()),
                                rate(use.writtenBytes()),
                                use.kind().equals(use.name()) ? "" : use.kind(),
                                use.name()))
                        .toList());
    }

    private Section sites() {
        Grid grid = new Grid(
                width,
                numbers("Bytes/s", RATE, 0),
                words("Path", 15, 2),
                words("Reason", 15, 1),
                words("Site" + recent() + (width < NARROW ? "" : ", estimated"), 12, 0));
        List<Site> sites = shown(
                moment.sites(),
                site -> String.join(" ", site.frame(), site.source(), site.sink(), site.path(), site.reason()),
                byName(Site::frame));
        return new Section(
                grid.head(),
                sites.size(),
                max -> capped(sites, max, Site::others).stream()
                        .map(site -> {
                            boolean other = site.frame().equals(site.path());
                            return grid.row(
                                    rate(site.bytes()),
                                    other ? "" : site.path(),
                                    other ? "" : site.reason(),
                                    site.frame());
                        })
                        .toList());
    }

    /** Text, not a table: as many lines as there is room for. */
    private Section findings() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : moment.findings()) {
            String sentence = finding.severity().text() + " " + finding.code() + ": " + finding.sentence();
            if (matches(sentence)) {
                int first = lines.size();
                lines.addAll(Line.wrapped(sentence, 4, width));
                lines.set(first, lines.get(first).strip());
                lines.addAll(Line.wrapped("Fix: " + finding.fix(), 4, width));
            }
        }
        String head = "Findings, sums of " + Live.RECENT_SECONDS + " s";
        return new Section(Line.shortened(head, width), lines.size(), max -> cut(lines, max));
    }

    /** The first lines of a text; dots say that there are more. */
    private List<String> cut(List<String> lines, int max) {
        List<String> first = new ArrayList<>(lines.subList(0, max));
        if (max > 0 && max < lines.size()) {
            String last = first.get(max - 1);
            int indent = last.length() - last.stripLeading().length();
            first.set(
                    max - 1,
                    Line.wrapped(last.strip(), indent, width - MORE.length()).get(0) + MORE);
        }
        return first;
    }

    private String recent() {
        return width < NARROW ? "" : RECENT;
    }

    private <T> List<T> shown(List<T> rows, Function<T, String> text, @Nullable Comparator<T> order) {
        Stream<T> matching = rows.stream().filter(row -> matches(text.apply(row)));
        // They come most bytes first; sorting keeps that order among equals.
        return (order == null ? matching : matching.sorted(order)).toList();
    }

    private boolean matches(String text) {
        return text.toLowerCase(Locale.ROOT).contains(view.filter().toLowerCase(Locale.ROOT));
    }

    private static String text(Flow flow) {
        Transfer row = flow.now();
        return row.source() + " -> " + row.sink() + " " + row.path() + " " + row.reason() + " " + row.detail();
    }

    private @Nullable Comparator<Flow> flowOrder() {
        return view.sort() == TopView.Sort.COPIES
                ? Comparator.<Flow>comparingLong(flow -> flow.now().copiedBytes())
                        .reversed()
                : byName(TopScreen::text);
    }

    private <T> @Nullable Comparator<T> byName(Function<T, String> name) {
        return view.sort() == TopView.Sort.NAME ? Comparator.comparing(name) : null;
    }

    /** A single row is the first one, not a row for all. */
    private static <T> List<T> capped(List<T> rows, int max, Function<List<T>, T> others) {
        return max == 1 ? rows.subList(0, 1) : Capped.list(rows, max, others);
    }

    private static String rate(long bytes) {
        return Amount.bytes(bytes) + "/s";
    }

    private static String percent(long part, long whole) {
        return whole <= 0 ? "-" : Math.round(100.0 * part / whole) + " %";
    }
}
