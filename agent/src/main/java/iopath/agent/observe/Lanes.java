package iopath.agent.observe;

import iopath.agent.aggregate.Totals;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** The lane of the current thread, or of the carrier it is mounted on. */
final class Lanes {

    private static final @Nullable Class<?> VIRTUAL = find("java.lang.VirtualThread");

    private final ThreadLocal<@Nullable Lane> lanes = carrierLocal();
    private final ThreadLocal<@Nullable Frame> framesOfVirtual = new ThreadLocal<>();
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
     * The lane of an operation that began on lane {@code token}. A virtual thread may have changed its carrier in
     * between, a platform thread has not.
     */
    Lane of(Object token) {
        return VIRTUAL != null && isVirtual(Thread.currentThread()) ? current() : (Lane) token;
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

    /** The innermost frame of the current thread, or {@code null}. */
    @Nullable
    Frame frame(Lane lane) {
        boolean virtual = VIRTUAL != null && isVirtual(Thread.currentThread());
        Frame frame = virtual ? framesOfVirtual.get() : lane.frame;
        return frame == null || frame.epoch == epoch ? frame : forget(lane, virtual);
    }

    private @Nullable Frame forget(Lane lane, boolean virtual) {
        if (virtual) {
            framesOfVirtual.remove();
        } else {
            lane.frame = null;
        }
        return null;
    }

    /** Begins a frame inside the current one. */
    Frame push(Lane lane) {
        Frame outer = frame(lane);
        if (isVirtual(Thread.currentThread())) {
            Frame frame = new Frame();
            frame.epoch = epoch;
            frame.outer = outer;
            framesOfVirtual.set(frame);
            return frame;
        }
        Frame frame = lane.spareFrame;
        if (frame == null) {
            frame = new Frame();
        }
        lane.spareFrame = null;
        frame.epoch = epoch;
        frame.outer = outer;
        lane.frame = frame;
        return frame;
    }

    /** Ends the innermost frame. */
    void pop(Lane lane) {
        if (isVirtual(Thread.currentThread())) {
            Frame frame = framesOfVirtual.get();
            if (frame != null && frame.outer != null) {
                framesOfVirtual.set(frame.outer);
            } else {
                framesOfVirtual.remove();
            }
            return;
        }
        Frame frame = lane.frame;
        if (frame != null) {
            lane.frame = frame.outer;
            frame.end();
            lane.spareFrame = frame;
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
