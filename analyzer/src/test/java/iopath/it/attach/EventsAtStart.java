package iopath.it.attach;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/** A program whose first events and first recording come at the same time, from threads that wait for each other's locks. */
public final class EventsAtStart {

    private EventsAtStart() {}

    /** An event that is registered when its class is initialised. */
    static final class First extends Event {}

    /** The same. */
    static final class Second extends Event {}

    /** Prints what the agent says of itself once a recording has begun. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Thread> others = List.of(
                new Thread(() -> new First().commit()),
                new Thread(() -> FlightRecorder.register(Second.class)),
                new Thread(FlightRecorder::getFlightRecorder));
        others.forEach(Thread::start);
        try (Recording recording = new Recording()) {
            recording.start();
            System.out.println(System.getProperty("iopath.agent.status"));
            try (FileInputStream in = new FileInputStream("/proc/self/status")) {
                in.readAllBytes();
            }
        }
        for (Thread other : others) {
            other.join();
        }
    }
}
