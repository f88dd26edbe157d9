package iopath.analyzer.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code iopath.Transfer} event.
 *
 * @param site the first frame outside the JDK and the agent, as {@code com.example.Server.send:42}; {@code null} if
 *     the stack has none
 * @param stack frames outside the agent, the outermost first; empty if there is no stack
 * @param weight bytes that the sample stands for; negative where it takes an earlier one back
 * @param sample its number in its JVM
 * @param corrects the number of the sample that it takes back, or 0
 */
public record TransferSample(
        Route route, @Nullable String site, List<String> stack, long weight, long sample, long corrects) {
    public TransferSample {
        stack = List.copyOf(stack);
    }
}
