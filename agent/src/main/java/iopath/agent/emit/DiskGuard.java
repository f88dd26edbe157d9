package iopath.agent.emit;

import java.util.concurrent.TimeUnit;

/** Looks after the disk, and the end in time, of one recording of ours, on a thread of its own that ends with it. */
final class DiskGuard implements Runnable {

    private final AgentRecording recording;
    private final RepositoryDisk disk;
    private long free;
    private long seen = System.nanoTime();
    private long rate;

    private DiskGuard(AgentRecording recording, RepositoryDisk disk) {
        this.recording = recording;
        this.disk = disk;
        this.free = disk.free();
    }

    /** Begins to watch. */
    static void start(AgentRecording recording, RepositoryDisk disk) {
        Thread thread = new Thread(new DiskGuard(recording, disk), "iopath disk");
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
        long left = disk.free();
        long nanos = Math.max(1, now - seen);
        rate = (long) (Math.max(0, free - left) * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
        free = left;
        seen = now;
    }
}
