package iopath.agent.emit;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/**
 * Notices that JFR is first used in this JVM, without using it.
 *
 * <p>JFR tells so on the thread that uses it, before it has made a recording, and while it holds the lock that whoever
 * comes second has to wait for ({@code FlightRecorder.getFlightRecorder}, JDK 17 to 25). So nothing is recorded before
 * the action has run.
 */
public final class FirstUse implements FlightRecorderListener {

    private final Runnable action;

    /**
     * A notice that runs {@code action}, once.
     *
     * @param action must throw nothing, and wait for no lock that is held by who uses JFR
     */
    public FirstUse(Runnable action) {
        this.action = action;
    }

    /** Begins to wait; if JFR is in use, the action runs at once. */
    public void await() {
        FlightRecorder.addListener(this);
    }

    /** Waits no more. If the action runs on another thread, returns after its end. */
    public void cancel() {
        FlightRecorder.removeListener(this);
    }

    /** Uses JFR. */
    public static void make() {
        FlightRecorder.getFlightRecorder();
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        action.run();
    }
}
