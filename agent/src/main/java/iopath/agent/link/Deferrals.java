package iopath.agent.link;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The operations that wait for buckets which other threads hold.
 *
 * <p>They are done in the order in which they came, for each bucket. Memory is the application's own while its thread
 * leaves an operation here, so that none can come in between. No thread waits.
 */
final class Deferrals {

    private static final int LIMIT = 32;

    private static final int FREE = 0;

    /** It belongs to the thread that has taken it: to be filled, or to be done. */
    private static final int TAKEN = 1;

    private static final int WAITING = 2;
    private static final int FOUND = 3;

    private final AtomicIntegerArray states = new AtomicIntegerArray(LIMIT);
    private final AtomicReferenceArray<Deferral> deferrals = new AtomicReferenceArray<>(LIMIT);
    private final AtomicLong turns = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();

    /** A deferral to be filled; {@code null} if too many wait. */
    @Nullable
    Deferral take(Deferral.Task task, long key, int from, int to) {
        for (int i = 0; i < LIMIT; i++) {
            if (states.compareAndSet(i, FREE, TAKEN)) {
                Deferral deferral = deferrals.get(i);
                if (deferral == null) {
                    deferral = new Deferral();
                    deferrals.set(i, deferral);
                }
                deferral.task = task;
                deferral.key = key;
                deferral.from = from;
                deferral.to = to;
                deferral.turn = turns.incrementAndGet();
                count.incrementAndGet();
                return deferral;
            }
        }
        return null;
    }

    /** From now on others may do it. */
    void leave(Deferral deferral) {
        states.set(index(deferral), WAITING);
    }

    /** It has been done: the origins of a write were found, and are to be counted. */
    void found(Deferral deferral) {
        states.set(index(deferral), FOUND);
    }

    /** It is over, or was never left. */
    void free(Deferral deferral) {
        deferral.found.clear();
        count.decrementAndGet();
        states.set(index(deferral), FREE);
    }

    /** Whether some are there, of whatever state. */
    boolean any() {
        return count.get() != 0;
    }

    /** Whether one waits for the bucket of a granule. */
    boolean waits(long key) {
        return first(key) >= 0;
    }

    /** The one that has waited longest for the bucket of a granule, for the caller to do; {@code null} if none waits. */
    @Nullable
    Deferral next(long key) {
        for (int i = first(key); i >= 0; i = first(key)) {
            if (states.compareAndSet(i, WAITING, TAKEN)) {
                Deferral deferral = deferrals.get(i);
                if (deferral.key == key) {
                    return deferral;
                }
                // It has become another one meanwhile.
                leave(deferral);
            }
        }
        return null;
    }

    private int first(long key) {
        int first = -1;
        long turn = Long.MAX_VALUE;
        for (int i = 0; i < LIMIT && any(); i++) {
            Deferral deferral = states.get(i) == WAITING ? deferrals.get(i) : null;
            if (deferral != null && deferral.key == key && deferral.turn < turn) {
                first = i;
                turn = deferral.turn;
            }
        }
        return first;
    }

    /** One whose origins were found, for the caller to count and free; {@code null} if there is none. */
    @Nullable
    Deferral done() {
        for (int i = 0; i < LIMIT; i++) {
            if (states.compareAndSet(i, FOUND, TAKEN)) {
                return deferrals.get(i);
            }
        }
        return null;
    }

    /** The granules of those that wait, each once or more. */
    long[] keys() {
        long[] keys = new long[LIMIT];
        int size = 0;
        for (int i = 0; i < LIMIT; i++) {
            Deferral deferral = states.get(i) == WAITING ? deferrals.get(i) : null;
            if (deferral != null) {
                keys[size++] = deferral.key;
            }
        }
        return Arrays.copyOf(keys, size);
    }

    private int index(Deferral deferral) {
        for (int i = 0; i < LIMIT; i++) {
            if (deferrals.get(i) == deferral) {
                return i;
            }
        }
        throw new IllegalArgumentException("not one of these");
    }
}
