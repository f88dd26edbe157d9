package iopath.agent.emit;

import java.util.concurrent.TimeUnit;

/** Looks after the disk, and the end in time, of one recording of ours, on a thread of its own that ends with it. */
final class DiskGuard implements Runnable {

    private final AgentRecording recording;
    private long free = RepositoryDisk.free();
    private long seen = System.nanoTime();
    private long rate;

    private DiskGuard(AgentRecording recording) {
        this.recording = recording;
    }

    /** Begins to watch. */
    static void start(AgentRecording recording) {
        Thread thread = new Thread(new DiskGuard(recording), "iopath disk");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (recording.isRunning()) {
            try {
                Thread.sleep(Math.min(SpaceRule.pauseMillis(free), recording.leftMillis()));
            } catch (InterruptedException e) {
                // Nobody does that; and without a guard the recording must not go on.
                recording.stop();
                return;
            }
            look();
            recording.look(free, rate);
        }
    }

    private void look() {
        long now = System.nanoTime();
        long left = RepositoryDisk.free();
        long nanos = Math.max(1, now - seen);
        rate = (long) (Math.max(0, free - left) * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
        free = left;
        seen = now;
    }
}
