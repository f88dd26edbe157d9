package iopath.agent.emit;

import iopath.agent.aggregate.Failures;
import iopath.agent.instrument.HookInstaller;
import iopath.agent.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what the hooks' own code threw as events, and keeps the sum. */
public final class Suppressions {

    private final HookInstaller hooks;
    private volatile @Nullable Failures failures;
    private int uncounted = Probe.uncounted;
    private volatile long calls;
    private volatile String last = "";

    Suppressions(HookInstaller hooks) {
        this.hooks = hooks;
    }

    /** Begins to count what this has. */
    public void of(Failures counted) {
        failures = counted;
    }

    /** Calls of hooks that have failed so far. */
    public long calls() {
        return calls;
    }

    /** What was thrown last, and where; empty if nothing was. */
    public String last() {
        return last;
    }

    synchronized void emit() {
        for (Failures.Row row : drain()) {
            SuppressedEvent event = new SuppressedEvent();
            event.target = hooks.target(row.hook());
            event.thrown = row.thrown();
            event.calls = row.count();
            event.commit();
            add(row.count(), row.thrown() + " in " + event.target);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // guarded by this; read without
    private void add(long more, String what) {
        calls += more;
        last = what;
    }

    /** Forgets what was counted outside of any recording. */
    synchronized void discard() {
        drain();
    }

    private List<Failures.Row> drain() {
        Failures counted = failures;
        List<Failures.Row> rows = new ArrayList<>(counted == null ? List.of() : counted.drain());
        int now = Probe.uncounted;
        if (now != uncounted) {
            rows.add(new Failures.Row(-1, Failures.OTHER, Integer.toUnsignedLong(now - uncounted)));
            uncounted = now;
        }
        return rows;
    }
}
