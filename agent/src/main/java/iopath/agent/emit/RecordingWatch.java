package iopath.agent.emit;

import iopath.agent.probe.Probe;
import iopath.agent.probe.Sink;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;

/** Switches the probe on while a recording wants its events, and off when none does. */
public final class RecordingWatch implements FlightRecorderListener {

    private final Emitter emitter;
    private final Sink sink;
    private final Runnable switched;
    private boolean closed;

    /**
     * A watch that gives the probe {@code sink}.
     *
     * @param switched runs after the probe was switched on or off, on a thread of JFR
     */
    public RecordingWatch(Emitter emitter, Sink sink, Runnable switched) {
        this.emitter = emitter;
        this.sink = sink;
        this.switched = switched;
    }

    /** Begins to watch; recordings that already run count. */
    public void start() {
        emitter.begin();
        FlightRecorder.addListener(this);
        if (FlightRecorder.isInitialized()) {
            update();
        }
    }

    /** Whether any recording gets events now. */
    public boolean isOn() {
        return Probe.sink == sink;
    }

    /** Ends watching: the probe is off, whoever records. What was counted so far is in the recordings. */
    public void stop() {
        FlightRecorder.removeListener(this);
        synchronized (this) {
            closed = true;
            Probe.sink = null;
        }
        emitter.unregister();
    }

    /** Called by JFR on the thread that starts or stops a recording, before that call returns. */
    @Override
    public void recordingStateChanged(Recording recording) {
        if (update()) {
            switched.run();
        }
    }

    private synchronized boolean update() {
        boolean wanted = !closed && Emitter.isWanted();
        if (wanted && Probe.sink == null) {
            sink.resume();
            Probe.sink = sink;
            return true;
        }
        if (!wanted && Probe.sink != null) {
            Probe.sink = null;
            emitter.discard();
            return true;
        }
        return false;
    }
}
