package iopath.it.scenario;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Path;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * Runs a scenario in a recording that the application itself makes: {@code -Diopath.it.recording=FILE}. With
 * {@code -Diopath.it.attach=AGENT_JAR} the agent comes when the recording already runs.
 */
public final class RecordMain {

    private RecordMain() {}

    public static void main(String[] arguments) throws Exception {
        try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
            recording.setDestination(Path.of(property("iopath.it.recording")));
            recording.start();
            if (System.getProperty("iopath.it.attach") != null) {
                VirtualMachine self = VirtualMachine.attach(
                        String.valueOf(ProcessHandle.current().pid()));
                self.loadAgent(property("iopath.it.attach"));
                self.detach();
            }
            ScenarioMain.main(arguments);
            recording.stop();
        }
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("-D" + name + " is missing");
        }
        return value;
    }
}
