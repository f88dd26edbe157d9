package iopath.it.scenario;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a program knows of the bytes that it moved: how many went from where to where, unchanged. */
final class Oracle {

    private final List<String> names = new ArrayList<>(List.of("memory"));
    private final Map<String, Long> moved = new TreeMap<>();
    private final Map<String, Long> unseen = new TreeMap<>();
    private final Map<String, Long> alike = new TreeMap<>();
    private final Brought brought = new Brought();

    /** The number of an endpoint, 1 to 127. */
    synchronized int endpoint(String name) {
        int known = names.indexOf(name);
        if (known < 0) {
            names.add(name);
            known = names.size() - 1;
        }
        return known;
    }

    synchronized void moved(int source, int sink, long bytes) {
        moved.merge(pair(source, sink), bytes, Long::sum);
    }

    /** Bytes that are not the source's any more, though nothing that is compared tells. */
    synchronized void unseen(int source, int sink, long bytes) {
        unseen.merge(pair(source, sink), bytes, Long::sum);
    }

    /** Content that a read has brought. */
    void brought(ByteBuffer memory, int from, int to, int source) {
        brought.read(memory, from, to, source);
    }

    /** Content that is sent on, as it came from {@code source}; it may have come from elsewhere as well. */
    void sentOn(ByteBuffer memory, int from, int to, int source, int sink) {
        long others = brought.of(memory, from, to) & ~Brought.bit(source);
        for (int other = 1; others != 0 && other < Long.SIZE; other++) {
            if ((others & Brought.bit(other)) != 0) {
                synchronized (this) {
                    alike.merge(pair(other, sink), (long) to - from, Long::sum);
                }
            }
        }
    }

    private String pair(int source, int sink) {
        return names.get(source) + " -> " + names.get(sink);
    }

    synchronized void tell(Place place) {
        moved.forEach((pair, bytes) -> place.result("moved " + pair, bytes));
        unseen.forEach((pair, bytes) -> place.result("unseen " + pair, bytes));
        alike.forEach((pair, bytes) -> place.result("alike " + pair, bytes));
    }
}
