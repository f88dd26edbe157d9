package iopath.analyzer.summarize;

import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * The one sentence that a profile comes to.
 *
 * @param transfers the rows, without one that stands for others
 * @param sites all of them, most bytes first
 * @param hooks what has become of the hooks
 * @param silent whether no agent said anything
 */
record Verdict(
        Summary summary,
        List<Transfer> transfers,
        List<Estimate> estimates,
        List<Site> sites,
        List<Hook> hooks,
        Blind blind,
        boolean silent) {

    String sentence() {
        return main() + reservations() + bound() + ".";
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
        List<String> plural = kinds.stream().map(kind -> kind + "s").toList();
        if (plural.size() == 1) {
            return "between " + plural.get(0);
        }
        int last = plural.size() - 1;
        return "between " + String.join(", ", plural.subList(0, last)) + " and " + plural.get(last);
    }

    /** Who copies most: the code if samples tell, else the kind of transfer. */
    private String mostly() {
        Optional<Site> top = sites.stream().filter(this::copies).findFirst();
        if (top.isPresent() && !top.get().frame().startsWith("(")) {
            Site site = top.get();
            long known =
                    sites.stream().filter(this::copies).mapToLong(Site::bytes).reduce(0, Saturated::add);
            String how = site.path() + (site.reason().equals(Words.NONE) ? "" : ", " + site.reason());
            return share(site.bytes(), known) + " of it by " + site.frame() + " (" + how + ")";
        }
        return transfers.stream()
                .filter(t -> t.isProven() && !t.isInKernel() && !t.isUnknown())
                .findFirst()
                .map(row -> share(row.bytes(), summary.userSpace()) + " of it " + row.path()
                        + (row.reason().equals(Words.NONE) ? "" : " (" + row.reason() + ")"))
                .orElse("in ways too many to list");
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
        long notCounted = transfers.stream()
                .filter(t -> t.isUnknown() && !t.isProven() && !t.isInferred())
                .mapToLong(Transfer::bytes)
                .reduce(0, Saturated::add);
        if (notCounted > 0) {
            left.add(Amount.bytes(notCounted) + " whose way is not known");
        }
        long copied = sum(Estimate::bytes);
        if (copied > 0) {
            left.add("an estimated " + Amount.bytes(copied) + " (" + Amount.bytes(sum(Estimate::lowBytes)) + " to "
                    + Amount.bytes(sum(Estimate::highBytes)) + ") that the application copied in between");
        }
        if (!blind.warnings().isEmpty()) {
            left.add("what of the recording could not be read");
        }
        return left.isEmpty() ? "" : "; not counted: " + String.join(", and ", left);
    }

    private long sum(ToLongFunction<Estimate> end) {
        return estimates.stream().mapToLong(end).reduce(0, Saturated::add);
    }
}
