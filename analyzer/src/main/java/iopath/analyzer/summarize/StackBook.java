package iopath.analyzer.summarize;

import iopath.analyzer.event.Route;
import iopath.analyzer.event.TransferSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bytes by stack, in memory that is bounded by the number of stacks as by the length of their names. */
final class StackBook {
    private static final int MAX_STACKS = 5_000;
    private static final long MAX_CHARACTERS = 4_000_000;
    private static final List<String> OTHER = List.of(Words.OTHER);
    private static final List<String> NO_STACK = List.of(Words.NO_FRAME);

    private final Map<Key, Weight> weights = new HashMap<>();
    private final Map<String, String> frames = new HashMap<>();
    private long characters;

    /** The sum to which a sample belongs. */
    Weight weight(TransferSample sample) {
        Route route = sample.route();
        List<String> stack = sample.stack().isEmpty() ? NO_STACK : sample.stack();
        Weight known = weights.get(Key.of(stack, route));
        if (known != null) {
            return known;
        }
        List<String> kept = weights.size() < MAX_STACKS && fits(stack) ? shared(stack) : OTHER;
        return weights.computeIfAbsent(Key.of(kept, route), k -> new Weight());
    }

    private boolean fits(List<String> stack) {
        long more = stack.stream()
                .filter(frame -> !frames.containsKey(frame))
                .mapToLong(String::length)
                .sum();
        return characters + more <= MAX_CHARACTERS;
    }

    private List<String> shared(List<String> stack) {
        List<String> shared = new ArrayList<>();
        for (String frame : stack) {
            String known = frames.putIfAbsent(frame, frame);
            characters += known == null ? frame.length() : 0;
            shared.add(known == null ? frame : known);
        }
        return List.copyOf(shared);
    }

    /** The stacks with bytes, most first. */
    List<Stack> stacks() {
        return seen().stream().filter(stack -> stack.bytes() > 0).toList();
    }

    /** Those that were seen for the first transfer of a kind too, too few bytes to estimate; most bytes first. */
    List<Stack> seen() {
        List<Stack> stacks = new ArrayList<>();
        weights.forEach((key, weight) -> {
            if (weight.bytes() >= 0) {
                stacks.add(key.stack(weight.bytes()));
            }
        });
        stacks.sort(Stack.ORDER);
        return stacks;
    }

    /** What each stack's samples stand for that have no share yet, in an order that does not depend on theirs. */
    List<Shares.Part> parts() {
        return weights.entrySet().stream()
                .filter(entry -> entry.getValue().open() != 0)
                .sorted(Comparator.comparing(entry -> entry.getKey().stack(0), Stack.ORDER))
                .map(entry -> new Shares.Part(entry.getKey().kind(), entry.getValue()))
                .toList();
    }

    private record Key(List<String> frames, Shares.Kind kind, String evidence, int copies) {
        static Key of(List<String> frames, Route route) {
            return new Key(frames, Shares.Kind.of(route), route.evidence(), route.cpuCopies());
        }

        Stack stack(long bytes) {
            return new Stack(
                    frames,
                    kind.source(),
                    kind.sink(),
                    kind.path(),
                    kind.reason(),
                    evidence,
                    bytes,
                    Saturated.times(bytes, copies));
        }
    }
}
