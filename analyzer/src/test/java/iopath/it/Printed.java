package iopath.it;

import iopath.it.Syscalls.Flow;
import iopath.it.Syscalls.Moved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What a scenario exchanged with the test through its standard streams, which the JVM uses as well, unseen. */
final class Printed {

    private static final Set<String> STREAMS = Set.of("(stdin)", "(stdout)", "(stderr)");

    private Printed() {}

    /** By direction, from the totals of a recording. */
    static Map<Flow, Moved> of(Path recording) throws IOException {
        Map<Flow, Moved> flows = new TreeMap<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("iopath.IoTotals") && isStandard(event.getString("name"))) {
                    flows.merge(
                            new Flow(event.getString("endpoint"), event.getString("direction"), false),
                            new Moved(event.getLong("bytes"), event.getLong("calls")),
                            Moved::plus);
                }
            }
        }
        return flows;
    }

    /** Whether an endpoint is one of the standard streams. */
    static boolean isStandard(String name) {
        return STREAMS.contains(name) || name.endsWith("/" + Run.ERRORS);
    }
}
