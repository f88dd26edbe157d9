package iopath.agent.observe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are running on one thread, the innermost last.
 *
 * <p>Frames are made once and used again: nothing is allocated for a call, and no reference stored, which with G1 costs
 * a fence in an object as old as this.
 */
final class Frames {

    private Frame[] stack;
    private int depth;

    /** When they began, in switches of the probe. */
    private int epoch;

    /** No calls; {@code ready} frames are made now, 1 at least. */
    Frames(int ready) {
        stack = new Frame[ready];
        Arrays.setAll(stack, i -> new Frame());
    }

    /** The innermost frame that began since the switch {@code now} of the probe, or {@code null}. */
    @Nullable
    Frame innermost(int now) {
        if (depth == 0) {
            return null;
        }
        if (epoch != now) {
            forget();
            return null;
        }
        return stack[depth - 1];
    }

    /** Begins a frame inside the innermost one. */
    Frame push(int now) {
        if (epoch != now) {
            forget();
            epoch = now;
        }
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, 2 * depth);
            Arrays.setAll(stack, i -> i < depth ? stack[i] : new Frame());
        }
        return stack[depth++];
    }

    /** Ends the innermost frame, if there is one. */
    void pop() {
        if (depth > 0) {
            Frame ended = stack[--depth];
            if (depth > 0) {
                stack[depth - 1].followed += ended.followed;
            }
            ended.end();
        }
    }

    boolean isEmpty() {
        return depth == 0;
    }

    /** Ends all: the probe was off, or failed, so their ends were not seen. */
    void forget() {
        while (depth > 0) {
            pop();
        }
    }
}
