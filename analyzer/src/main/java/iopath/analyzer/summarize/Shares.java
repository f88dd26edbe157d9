package iopath.analyzer.summarize;

import iopath.analyzer.event.Route;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares the exact bytes of each kind of transfer out among the code that moved them, as the samples say.
 *
 * <p>A sum of the samples' weights errs by one over the square root of their number, but the sum of all is known. So
 * what is estimated is only whose bytes they are: where one place moves all of a kind, nothing is.
 */
final class Shares {

    /** Kinds of endpoint, path and reason: what a total is known of. */
    record Kind(String source, String sink, String path, String reason) {
        static Kind of(Route route) {
            return new Kind(route.source().kind(), route.sink().kind(), route.path(), route.reason());
        }
    }

    /** What the samples of one place stand for. */
    record Part(Kind kind, Weight weight) {}

    private final Map<Kind, Long> totals = new HashMap<>();

    /** Adds exact bytes, which are to be shared. */
    void add(Route route, long bytes) {
        totals.merge(Kind.of(route), bytes, Saturated::add);
    }

    /** Forgets all that is shared. */
    void clear() {
        totals.clear();
    }

    /** Gives each part its share; one of a kind without a total keeps what its samples stand for. */
    void settle(List<Part> parts) {
        Map<Kind, BigInteger> weights = new HashMap<>();
        for (Part part : parts) {
            if (part.weight().open() > 0) {
                weights.merge(part.kind(), BigInteger.valueOf(part.weight().open()), BigInteger::add);
            }
        }
        Map<Kind, Long> left = new HashMap<>(totals);
        for (Part part : parts) {
            Weight weight = part.weight();
            Long total = left.get(part.kind());
            BigInteger all = weights.get(part.kind());
            if (weight.open() <= 0 || total == null || total < 0 || all == null) {
                weight.settle(weight.open());
                continue;
            }
            // Of what is left, by what is left to share it: the shares add up to the byte.
            BigInteger own = BigInteger.valueOf(weight.open());
            long share = BigInteger.valueOf(total).multiply(own).divide(all).longValueExact();
            left.put(part.kind(), total - share);
            weights.put(part.kind(), all.subtract(own));
            weight.settle(share);
        }
    }
}
