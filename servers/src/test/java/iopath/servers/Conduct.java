package iopath.servers;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.Route;
import iopath.analyzer.summarize.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a server did with the bytes, in words that do not depend on the run.
 *
 * @param large how the large file left
 * @param small how the small file left
 * @param upload how bodies came in
 * @param exact of which of these three at least 95 % of the bytes are in rows from file to socket, or to file
 * @param findings codes of the report's warnings
 */
record Conduct(String large, String small, String upload, String exact, String findings) {

    /** What is less than this part of a file's bytes is chance: a link that was lost, a first request. */
    private static final double NOTABLE = 0.4;

    /** The part of the bytes that rows have to have whose two ends are a file and a socket. */
    private static final double BAR = 0.95;

    /** Of what was served. */
    static Conduct of(Served served) {
        Ledger ledger = served.ledger();
        Site site = served.site();
        long clients = Clients.COUNT;
        long large = clients * site.large().length;
        long small = clients * Clients.SMALL_REQUESTS * site.small().length;
        long upload = clients * site.upload().length;
        return new Conduct(
                download(ledger, site.largeFile(), large),
                download(ledger, site.smallFile(), small),
                upload(ledger, site.uploads(), upload),
                exact(
                        sum(sent(ledger, site.largeFile())) >= large * BAR,
                        sum(sent(ledger, site.smallFile())) >= small * BAR,
                        sum(ledger.routes(route ->
                                        route.source().kind().equals("socket") && isIn(site.uploads(), route.sink())))
                                >= upload * BAR),
                findings(ledger));
    }

    private static Map<Route, Long> sent(Ledger ledger, Path file) {
        return ledger.routes(route -> file.toString().equals(route.source().name())
                && route.sink().kind().equals("socket"));
    }

    private static String exact(boolean large, boolean small, boolean upload) {
        if (large && small && upload) {
            return "95 %";
        }
        List<String> less = new ArrayList<>();
        if (!large) {
            less.add("large");
        }
        if (!small) {
            less.add("small");
        }
        if (!upload) {
            less.add("upload");
        }
        return "less: " + String.join(", ", less);
    }

    private static String download(Ledger ledger, Path file, long total) {
        Map<Route, Long> sent = sent(ledger, file);
        long linked = sum(sent);
        long read = ledger.moved(file, "read");
        // What is mapped is not read by any call.
        boolean kept = read > 0 && read < total * (1 - NOTABLE);
        List<String> words = new ArrayList<>(labels(sent, total));
        if (total - linked >= total * NOTABLE) {
            words.add(
                    read == 0
                            ? "not seen"
                            : "`memory`: read as " + buffers(ledger, file) + ", " + (kept ? "kept" : "copied"));
        } else if (kept) {
            words.add("read once, kept");
        }
        return String.join("; ", words);
    }

    private static String upload(Ledger ledger, Path folder, long total) {
        Map<Route, Long> written = ledger.routes(route -> isIn(folder, route.sink()));
        if (total - sum(written) >= total * NOTABLE) {
            return "not seen";
        }
        return String.join("; ", labels(written, total));
    }

    private static boolean isIn(Path folder, Endpoint end) {
        return end.name() != null && end.name().startsWith(folder + "/");
    }

    /** Each way that a notable part of the bytes went, by name. */
    static List<String> labels(Map<Route, Long> routes, long total) {
        Map<String, Long> byLabel = new TreeMap<>();
        routes.forEach((route, bytes) -> byLabel.merge(label(route), bytes, Long::sum));
        byLabel.values().removeIf(bytes -> bytes < total * NOTABLE);
        return List.copyOf(byLabel.keySet());
    }

    private static String label(Route route) {
        String detail = route.detail() == null ? "" : ", " + route.detail();
        String reason = route.reason().equals("none") ? "" : " (" + route.reason() + detail + ")";
        String from = route.source().isMemory() ? "`memory`, written as `" : "`";
        return from + route.path() + "`" + reason;
    }

    private static String buffers(Ledger ledger, Path file) {
        Map<Route, Long> read =
                ledger.routes(route -> file.toString().equals(route.source().name()));
        return read.keySet().stream()
                .map(route -> "`" + route.path() + "`")
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(" or "));
    }

    private static long sum(Map<Route, Long> routes) {
        return routes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Small reads are those of the JVM's start, and too few here to be the server's. */
    private static String findings(Ledger ledger) {
        return ledger.profile().findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .map(Finding::code)
                .filter(code -> !code.startsWith("small-"))
                .sorted(Comparator.naturalOrder())
                .distinct()
                .map(code -> "`" + code + "`")
                .collect(Collectors.joining(", "));
    }
}
