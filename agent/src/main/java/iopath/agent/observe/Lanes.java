package iopath.agent.observe;

import iopath.agent.aggregate.Totals;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** The lane of the current thread, or of the carrier it is mounted on. */
final class Lanes {

    private static final @Nullable Class<?> VIRTUAL = find("java.lang.VirtualThread");

    private final ThreadLocal<@Nullable Lane> lanes = carrierLocal();
    private final ThreadLocal<@Nullable Frames> framesOfVirtual = new ThreadLocal<>();
    private final Totals totals;

    /** How often the probe was switched on. */
    private volatile int epoch;

    private final long mean;

    Lanes(Totals totals, long mean) {
        this.totals = totals;
        this.mean = mean;
    }

    /** The current lane, made at its first use. */
    Lane current() {
        Lane lane = lanes.get();
        return lane != null ? lane : make();
    }

    /**
     * The lane of an operation that began on lane {@code token}, and ends. A virtual thread may have changed its carrier
     * in between, a platform thread has not.
     */
    Lane of(Object token) {
        Lane lane = VIRTUAL != null && isVirtual(Thread.currentThread()) ? current() : (Lane) token;
        lane.inside = false;
        return lane;
    }

    private Lane make() {
        Thread thread = Thread.currentThread();
        WeakReference<Thread> owner = new WeakReference<>(thread);
        boolean virtual = isVirtual(thread);
        // A carrier lives as long as the JVM, as far as this table is concerned: there are few.
        Lane lane = new Lane(
                totals.stripe(() -> {
                    Thread t = owner.get();
                    return virtual || t != null && t.isAlive();
                }),
                System.nanoTime() * 0x9E3779B97F4A7C15L,
                mean);
        lanes.set(lane);
        return lane;
    }

    /** Forgets the frames of all threads: the probe was off, so their ends were not seen. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread switches
    void resume() {
        epoch++;
    }

    /** Forgets the frames of the current thread: the end of one of them may not have been seen. */
    void forget() {
        if (VIRTUAL != null && isVirtual(Thread.currentThread())) {
            framesOfVirtual.remove();
        } else {
            current().frames.forget();
        }
    }

    /** The innermost frame of the current thread, or {@code null}. */
    @Nullable
    Frame frame(Lane lane) {
        if (VIRTUAL != null && isVirtual(Thread.currentThread())) {
            Frames frames = framesOfVirtual.get();
            return frames == null ? null : frames.innermost(epoch);
        }
        return lane.frames.innermost(epoch);
    }

    /** Begins a frame inside the current one. */
    Frame push(Lane lane) {
        if (VIRTUAL != null && isVirtual(Thread.currentThread())) {
            Frames frames = framesOfVirtual.get();
            if (frames == null) {
                frames = new Frames(1);
                framesOfVirtual.set(frames);
            }
            return frames.push(epoch);
        }
        return lane.frames.push(epoch);
    }

    /** Ends the innermost frame. */
    void pop(Lane lane) {
        if (VIRTUAL == null || !isVirtual(Thread.currentThread())) {
            lane.frames.pop();
            return;
        }
        Frames frames = framesOfVirtual.get();
        if (frames != null) {
            frames.pop();
            if (frames.isEmpty()) {
                // There may be a million threads that have made a transfer once.
                framesOfVirtual.remove();
            }
        }
    }

    private static boolean isVirtual(Thread thread) {
        return thread.getClass() == VIRTUAL;
    }

    /**
     * JDK 21 and later have a thread-local of the carrier, so that a million virtual threads do not make a million
     * lanes. Without it (17, or where it cannot be had) every thread has its own.
     */
    @SuppressWarnings("unchecked")
    private static ThreadLocal<@Nullable Lane> carrierLocal() {
        Class<?> type = find("jdk.internal.misc.CarrierThreadLocal");
        if (type != null) {
            try {
                return (ThreadLocal<@Nullable Lane>) type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                return new ThreadLocal<>();
            }
        }
        return new ThreadLocal<>();
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
