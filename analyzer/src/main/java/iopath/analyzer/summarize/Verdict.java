package iopath.analyzer.summarize;

import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The one sentence that a profile comes to.
 *
 * @param transfers the rows, without one that stands for others
 * @param sites all of them, most bytes first
 * @param findings which know whose code it is that has a site's frame call it
 * @param hooks what has become of the hooks
 * @param silent whether no agent said anything
 */
record Verdict(
        Summary summary,
        List<Transfer> transfers,
        List<Estimate> estimates,
        List<Site> sites,
        List<Finding> findings,
        List<Hook> hooks,
        Blind blind,
        boolean silent) {

    String sentence() {
        boolean mostlyProven = summary.transferred() >= written() - summary.transferred();
        return (silent || mostlyProven ? main() + reservations() : whole() + unread()) + bound() + ".";
    }

    private String main() {
        if (silent) {
            return "Nothing is known about this application's I/O: there is no iopath event in the recording, so the"
                    + " agent was not loaded, or its hooks could not be applied";
        }
        if (summary.moved() == 0) {
            return unhooked()
                    ? "Nothing is known about this application's I/O: " + noHooks()
                    : "The agent was there, and saw no bytes move";
        }
        if (summary.transferred() == 0) {
            return "No bytes are known to have gone from one file, socket or pipe to another"
                    + (summary.memory() > 0
                            ? "; the application itself read or wrote " + Amount.bytes(summary.memory())
                                    + (estimates.isEmpty() ? sights("") : "")
                            : "");
        }
        String all = Amount.bytes(summary.transferred()) + " that went " + between();
        if (summary.kernel() == summary.transferred()) {
            return "All of the " + all + " stayed in the kernel";
        }
        if (summary.userSpace() == summary.transferred()) {
            return "All of the " + all + " was copied through user space, " + mostly();
        }
        List<String> parts = new ArrayList<>();
        part(parts, summary.kernel(), all, "stayed in the kernel");
        if (summary.userSpace() > 0) {
            part(parts, summary.userSpace(), all, "was copied through user space, " + mostly());
        }
        long rest = summary.transferred() - summary.kernel() - summary.userSpace();
        part(parts, rest, all, "went a way that is not known");
        return capitalized(String.join("; ", parts));
    }

    /** What went to files, sockets and pipes, wherever it came from. */
    private long written() {
        return sum(this::isWritten);
    }

    private boolean isWritten(Transfer row) {
        return !row.sink().equals(Words.MEMORY);
    }

    /** Of all that was written, how much is known to have come from where, and what the rest is. */
    private String whole() {
        List<String> parts = new ArrayList<>();
        parts.add(Amount.bytes(written()) + " was written to " + kinds(this::isWritten, Transfer::sink) + ": "
                + (summary.transferred() > 0 ? known() : "none of it is known to have come from elsewhere"));
        List<Transfer> rest = transfers.stream()
                .filter(row -> isWritten(row) && !row.isProven())
                .toList();
        rest(parts, rest, row -> origin(row).equals(Words.MEMORY), "came out of the application's memory" + before());
        rest(parts, rest, row -> origin(row).equals(Words.MODIFIED), "had been changed since it was read");
        rest(parts, rest, row -> origin(row).equals(Words.TLS_FRAMING), "was added by TLS");
        rest(parts, rest, row -> origin(row).equals(Words.UNKNOWN), "went a way that is not known");
        rest(parts, rest, Transfer::isInferred, "is linked to a read by order and sizes alone");
        return String.join("; ", parts);
    }

    /** What is known of bytes whose source is not. */
    private static String origin(Transfer row) {
        if (row.isInferred()) {
            return Words.SAME_THREAD;
        }
        if (row.isUnknown() || row.isEndToEnd()) {
            return Words.UNKNOWN;
        }
        if (Words.TLS_FRAMING.equals(row.detail())) {
            return Words.TLS_FRAMING;
        }
        return row.reason().equals(Words.MODIFIED) ? Words.MODIFIED : Words.MEMORY;
    }

    private static void rest(List<String> parts, List<Transfer> rest, Predicate<Transfer> which, String what) {
        long bytes = rest.stream().filter(which).mapToLong(Transfer::bytes).reduce(0, Saturated::add);
        if (bytes > 0) {
            parts.add(Amount.bytes(bytes) + " " + what);
        }
    }

    private String known() {
        long proven = summary.transferred();
        String start = Amount.bytes(proven) + " of it (" + Amount.share(proven, written())
                + ") is known to have come from " + kinds(Transfer::isProven, Transfer::source) + ", ";
        List<String> ways = new ArrayList<>();
        way(ways, summary.kernel(), "in the kernel");
        way(ways, summary.userSpace(), "copied through user space, " + (summary.userSpace() > 0 ? mostly() : ""));
        way(ways, proven - summary.kernel() - summary.userSpace(), "a way that is not known");
        return start + String.join(", ", ways);
    }

    private void way(List<String> ways, long bytes, String what) {
        if (bytes > 0) {
            ways.add((bytes == summary.transferred() ? "" : Amount.bytes(bytes) + " ") + what);
        }
    }

    /** What looks at content say of bytes out of memory. */
    private String before() {
        long most = estimated(Estimate::highBytes);
        if (most == 0) {
            return sights(", and where it was before that is not known");
        }
        return ", " + estimate() + " of it copied there from "
                + plural(new TreeSet<>(estimates.stream().map(Estimate::source).toList()));
    }

    /** How far one could see where nothing was found: nothing looked at, nothing decidable, or nothing found. */
    private String sights(String otherwise) {
        List<Sight> all = blind.sights();
        List<Sight> dark = all.stream().filter(Sight::isBlind).toList();
        if (dark.isEmpty()) {
            return all.isEmpty() ? otherwise : ", and none of it was found to be read elsewhere where its content told";
        }
        boolean looked = dark.stream().anyMatch(sight -> sight.state() == Sight.State.NOT_DECIDABLE);
        boolean notLooked = dark.stream().anyMatch(sight -> sight.state() == Sight.State.NOT_LOOKED);
        String why = (notLooked ? "was not looked at" : "")
                + (notLooked && looked ? " or " : "")
                + (looked ? "cannot be told from any other" : "");
        return dark.size() == all.size()
                ? ", whose content " + why + ": where it was before is not known"
                : ", where the content of " + Amount.bytes(written(dark)) + " " + why
                        + ": where that was before is not known";
    }

    private static long written(List<Sight> sights) {
        return sights.stream().mapToLong(Sight::writtenBytes).reduce(0, Saturated::add);
    }

    /** Never without its interval: the upper end may be all, where the estimate is nothing. */
    private String estimate() {
        return "an estimated " + Amount.bytes(estimated(Estimate::bytes)) + " ("
                + Amount.bytes(estimated(Estimate::lowBytes)) + " to " + Amount.bytes(estimated(Estimate::highBytes))
                + ")";
    }

    private String kinds(Predicate<Transfer> which, Function<Transfer, String> end) {
        Set<String> kinds =
                new TreeSet<>(transfers.stream().filter(which).map(end).toList());
        return kinds.isEmpty() ? "elsewhere" : plural(kinds);
    }

    private static String plural(Set<String> kinds) {
        List<String> plural = kinds.stream().map(kind -> kind + "s").toList();
        int last = plural.size() - 1;
        return last == 0 ? plural.get(0) : String.join(", ", plural.subList(0, last)) + " and " + plural.get(last);
    }

    private String unread() {
        return blind.warnings().isEmpty() ? "" : "; not counted: what of the recording could not be read";
    }

    /** Whether no hook was in, or those that were have been taken out again. */
    private boolean unhooked() {
        return !blind.cautions().isEmpty()
                || !hooks.isEmpty()
                        && hooks.stream().noneMatch(hook -> hook.status().equals("applied"));
    }

    private String noHooks() {
        if (!blind.cautions().isEmpty()) {
            return String.join("; ", blind.cautions());
        }
        String why = hooks.stream()
                .filter(hook -> hook.status().equals("failed") && hook.why() != null)
                .map(hook -> " (" + hook.target() + ": " + hook.why() + ")")
                .findFirst()
                .orElse("");
        return "the agent was there, but none of its hooks was in" + why;
    }

    private void part(List<String> parts, long bytes, String all, String what) {
        if (bytes > 0) {
            String whole = parts.isEmpty() ? " of " + all : "";
            parts.add(Amount.share(bytes, summary.transferred()) + whole + " " + what);
        }
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    private String between() {
        Set<String> kinds = new TreeSet<>();
        for (Transfer transfer : transfers) {
            if (transfer.isProven()) {
                kinds.add(transfer.source());
                kinds.add(transfer.sink());
            }
        }
        if (kinds.isEmpty()) {
            return "from one file, socket or pipe to another";
        }
        return "between " + plural(kinds);
    }

    /** Who copies most: the code if samples tell, else the kind of transfer. */
    private String mostly() {
        Optional<Site> top = sites.stream().filter(this::copies).findFirst();
        if (top.isPresent() && !top.get().frame().startsWith("(")) {
            Site site = top.get();
            long known =
                    sites.stream().filter(this::copies).mapToLong(Site::bytes).reduce(0, Saturated::add);
            String how = site.path() + (site.reason().equals(Words.NONE) ? "" : ", " + site.reason()) + count(site);
            return share(site.bytes(), known) + " of it by " + code(site) + " (" + how + ")";
        }
        return transfers.stream()
                .filter(t -> t.isProven() && !t.isInKernel() && !t.isUnknown())
                .findFirst()
                .map(row -> share(row.bytes(), summary.userSpace()) + " of it " + row.path()
                        + (row.reason().equals(Words.NONE) ? "" : " (" + row.reason() + ")"))
                .orElse("in ways too many to list");
    }

    /** How often each byte is copied, where most of a site's kind are. */
    private String count(Site site) {
        return transfers.stream()
                .filter(row -> site.isOf(row) && row.cpuCopies() > 0)
                .findFirst()
                .map(row -> ", " + (row.cpuCopies() == 1 ? "1 copy" : row.cpuCopies() + " copies") + " of each byte"
                        + (row.applicationCopies() == 0
                                ? ""
                                : ", " + row.applicationCopies() + " of them the application's"))
                .orElse("");
    }

    /** The application's code that has a site's frame move its bytes, and that frame. */
    private String code(Site site) {
        return findings.stream()
                .filter(finding -> finding.isAboutFlowOf(site) && finding.code().equals(site.reason()))
                .flatMap(finding -> finding.places().stream())
                .filter(place -> place.inner().equals(site.frame()))
                .findFirst()
                .map(place -> place.by() == null ? place.frame() : place.frame() + " through " + place.by())
                .orElse(site.frame());
    }

    private static String share(long part, long whole) {
        return part == whole ? "all" : part > whole / 2 ? "most" : "the largest part";
    }

    /** Whether proven transfers of a site's kind are copies. */
    private boolean copies(Site site) {
        return transfers.stream().anyMatch(t -> t.isProven() && !t.isInKernel() && !t.isUnknown() && site.isOf(t));
    }

    private String bound() {
        StringBuilder text = new StringBuilder();
        long failures = blind.failures();
        if (failures > 0) {
            text.append("; all sums are a lower bound, as hooks failed in ").append(Amount.count(failures, "call"));
        }
        if (summary.moved() > 0) {
            blind.cautions().forEach(caution -> text.append("; ").append(caution));
        }
        return text.toString();
    }

    private String reservations() {
        List<String> left = new ArrayList<>();
        if (summary.inferred() > 0) {
            left.add(Amount.bytes(summary.inferred()) + " that only order and sizes suggest");
        }
        long notCounted = sum(t -> t.isUnknown() && !t.isProven() && !t.isInferred());
        if (notCounted > 0) {
            left.add(Amount.bytes(notCounted) + " whose way is not known");
        }
        if (estimated(Estimate::highBytes) > 0) {
            left.add(estimate() + " that the application copied in between");
        }
        if (!blind.warnings().isEmpty()) {
            left.add("what of the recording could not be read");
        }
        return left.isEmpty() ? "" : "; not counted: " + String.join(", and ", left);
    }

    private long sum(Predicate<Transfer> which) {
        return transfers.stream().filter(which).mapToLong(Transfer::bytes).reduce(0, Saturated::add);
    }

    private long estimated(ToLongFunction<Estimate> end) {
        return estimates.stream().mapToLong(end).reduce(0, Saturated::add);
    }
}
