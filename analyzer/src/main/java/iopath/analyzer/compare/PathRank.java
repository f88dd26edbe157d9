package iopath.analyzer.compare;

import java.util.List;

/** The order of paths from the one that costs the CPU least to the one that costs it most. */
public final class PathRank {
    /** Paths in one place cost about the same. */
    private static final List<List<String>> BEST_FIRST = List.of(
            List.of("sendfile", "copy-file-range", "splice"),
            List.of("mapped"),
            List.of("direct"),
            List.of("heap"),
            List.of("tls"));

    private PathRank() {}

    /** 0 for a path in the kernel, more for each worse one; a path that is not known is the worst of all. */
    public static int of(String path) {
        for (int rank = 0; rank < BEST_FIRST.size(); rank++) {
            if (BEST_FIRST.get(rank).contains(path)) {
                return rank;
            }
        }
        return BEST_FIRST.size();
    }

    /** How many ranks there are. */
    public static int count() {
        return BEST_FIRST.size() + 1;
    }
}
