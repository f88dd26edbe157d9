package iopath.analyzer.summarize;

import java.util.List;

/**
 * What goes one way between two kinds of endpoint, now and in the minute before.
 *
 * @param now each amount is one of a second
 * @param history bytes of each second, the oldest first
 */
public record Flow(Transfer now, List<Long> history) {
    public Flow {
        history = List.copyOf(history);
    }

    /** The last row of a list, for all that did not fit. */
    public static Flow others(List<Flow> rest) {
        Long[] sums = new Long[Live.HISTORY_SECONDS];
        for (int i = 0; i < sums.length; i++) {
            long sum = 0;
            for (Flow flow : rest) {
                sum = Saturated.add(sum, flow.history.get(i));
            }
            sums[i] = sum;
        }
        return new Flow(Transfer.others(rest.stream().map(Flow::now).toList()), List.of(sums));
    }
}
