package iopath.analyzer.library;

import java.util.List;
import java.util.Optional;

/**
 * Code that many applications share, so that its reader can set or call it, but not change it.
 *
 * @param name as a reader knows it
 * @param packages what the names of its classes start with, or after {@code *.} what follows on any package
 * @param role who it is in a transfer
 * @param read the version whose documentation or source was read
 * @param advice the narrow ones first
 */
public record Library(String name, List<String> packages, String role, String read, List<Advice> advice) {
    private static final String ANYWHERE = "*";

    public Library {
        packages = List.copyOf(packages);
        advice = List.copyOf(advice);
    }

    /** Whether it lies under other libraries, so that the code above it in a stack is to blame. */
    public boolean isTransport() {
        return role.equals("transport");
    }

    /** The first advice about such bytes. */
    public Optional<Advice> advice(String source, String sink, String path, String reason) {
        return advice.stream()
                .filter(each -> each.fits(source, sink, path, reason))
                .findFirst();
    }

    /** How well one of its prefixes fits the name of a class; 0 if none does, and odd for one without a star. */
    int reach(String type) {
        int best = 0;
        for (String prefix : packages) {
            if (prefix.startsWith(ANYWHERE)) {
                String inner = prefix.substring(ANYWHERE.length());
                int at = type.lastIndexOf(inner);
                best = Math.max(best, at > 0 ? 2 * (at + inner.length()) : 0);
            } else if (type.startsWith(prefix)) {
                best = Math.max(best, 2 * prefix.length() + 1);
            }
        }
        return best;
    }
}
