package iopath.analyzer.attach;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import jdk.management.jfr.FlightRecorderMXBean;
import jdk.management.jfr.RecordingInfo;
import org.jspecify.annotations.Nullable;

/**
 * Records a JVM elsewhere over JMX: JFR's own bean makes the recording and hands it over.
 *
 * <p>The agent is there already, or its jar lies where that JVM can read it: then the diagnostic command that
 * {@code jcmd JVMTI.agent_load} runs loads it (JDK 17: {@code com.sun.management:type=DiagnosticCommand}), and it leaves
 * by itself.
 */
public final class RemoteRecorder implements Recorder {
    private static final String NAME = "iopath";

    /** What the agent may take to leave before JFR ends the recording without it. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Map<String, String> SETTINGS = Map.of(
            "iopath.Transfer#enabled", "true",
            "iopath.Transfer#stackTrace", "true",
            "iopath.TransferTotals#enabled", "true",
            "iopath.TransferTotals#period", "1 s",
            "iopath.IoTotals#enabled", "true",
            "iopath.Hook#enabled", "true",
            "iopath.Suppressed#enabled", "true",
            "iopath.Unseen#enabled", "true",
            "iopath.Agent#enabled", "true");

    private final RemoteJvm jvm;
    private final @Nullable String agent;
    private final FlightRecorderMXBean jfr;
    private long recording = -1;
    private boolean loaded;

    private RemoteRecorder(RemoteJvm jvm, @Nullable String agent, FlightRecorderMXBean jfr) {
        this.jvm = jvm;
        this.agent = agent;
        this.jfr = jfr;
    }

    /**
     * Records a JVM; this object closes the connection in the end.
     *
     * @param agent the agent's jar as the JVM elsewhere sees it, {@code null} if the agent is there already
     */
    public static RemoteRecorder of(RemoteJvm jvm, @Nullable String agent) throws UnreachableException {
        try {
            return new RemoteRecorder(
                    jvm,
                    agent,
                    ManagementFactory.newPlatformMXBeanProxy(
                            jvm.connection(), FlightRecorderMXBean.MXBEAN_NAME, FlightRecorderMXBean.class));
        } catch (IOException | RuntimeException e) {
            throw jvm.unreachable(e);
        }
    }

    @Override
    public String name() {
        return "the JVM at " + jvm.address();
    }

    @Override
    public AgentState begin(Duration duration, String options) throws UnreachableException, IOException {
        AgentState state = jvm.state();
        String jar = agent;
        if (!state.attached() && jar == null) {
            throw jvm.withoutAgent();
        }
        if (state.attached() && !options.isEmpty()) {
            throw new UnreachableException(
                    name() + " has the agent already, with options of its own; leave out " + options);
        }
        boolean brings = !state.attached();
        try {
            removeLeftovers();
            recording = jfr.newRecording();
            Duration bound = brings ? duration.plus(GRACE) : duration;
            jfr.setRecordingOptions(recording, Map.of("name", NAME, "duration", bound.toMillis() + " ms"));
            jfr.setRecordingSettings(recording, SETTINGS);
            jfr.startRecording(recording);
        } catch (RuntimeException e) {
            throw jvm.unreachable(e);
        }
        if (!brings || jar == null) {
            return state;
        }
        String all = "stream,once,duration:" + duration.toMillis() + "ms,client:" + AgentJar.version()
                + (options.isEmpty() ? "" : "," + options.replace('=', ':'));
        String output = load(jar, all);
        AgentState now = jvm.state();
        if (!now.attached() || now.answer().startsWith("error")) {
            throw new UnreachableException(name() + " did not take the agent " + jar + " ("
                    + (now.answer().isEmpty() ? output : now.answer()) + "); the file has to be there, not here");
        }
        loaded = true;
        return now;
    }

    /** Of a client that ended before it could. */
    private void removeLeftovers() throws IOException {
        for (RecordingInfo info : jfr.getRecordings()) {
            if (info.getName().equals(NAME) && info.getState().equals("STOPPED")) {
                jfr.closeRecording(info.getId());
            }
        }
    }

    private String load(String jar, String options) throws UnreachableException, IOException {
        try {
            MBeanServerConnection connection = jvm.connection();
            Object answer = connection.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "jvmtiAgentLoad",
                    new Object[] {new String[] {'"' + jar + '"', '"' + options + '"'}},
                    new String[] {String[].class.getName()});
            return String.valueOf(answer).strip();
        } catch (InstanceNotFoundException e) {
            throw new UnreachableException(name() + " has no diagnostic commands; start it with -javaagent");
        } catch (JMException | RuntimeException e) {
            throw jvm.unreachable(e);
        }
    }

    @Override
    public AgentState state() throws UnreachableException {
        return jvm.state();
    }

    @Override
    public boolean goesOn(AgentState state) throws UnreachableException {
        if (loaded) {
            return state.attached();
        }
        try {
            return jfr.getRecordings().stream()
                    .anyMatch(info -> info.getId() == recording
                            && Set.of("NEW", "RUNNING").contains(info.getState()));
        } catch (RuntimeException e) {
            throw jvm.unreachable(e);
        }
    }

    @Override
    public boolean isAlive() {
        return jvm.isAlive();
    }

    @Override
    public boolean isStopped() {
        return false;
    }

    @Override
    public void stop() throws UnreachableException, IOException {
        if (loaded) {
            leave();
        } else {
            end();
        }
    }

    /** Ends the recording that the agent was brought for, and with it the agent's stay. */
    private void leave() throws UnreachableException, IOException {
        load(String.valueOf(agent), "stop,client:" + AgentJar.version());
    }

    /** A stopped recording alone can be read. */
    private void end() throws UnreachableException {
        try {
            jfr.stopRecording(recording);
        } catch (IllegalStateException e) {
            // It has ended by itself meanwhile.
            return;
        } catch (RuntimeException e) {
            throw jvm.unreachable(e);
        }
    }

    @Override
    public boolean take(Path to) throws IOException {
        if (!jvm.isAlive()) {
            return false;
        }
        try (OutputStream out = Channels.newOutputStream(PrivateFile.create(to))) {
            end();
            long stream = jfr.openStream(recording, Map.of("blockSize", "1000000"));
            try {
                for (byte[] block = jfr.readStream(stream); block != null; block = jfr.readStream(stream)) {
                    out.write(block);
                }
            } finally {
                jfr.closeStream(stream);
            }
            return true;
        } catch (UnreachableException | RuntimeException e) {
            throw new IOException(name() + " did not hand the recording over (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public String remedy() {
        return "jcmd PID JFR.stop name=" + NAME + " on its host ends it";
    }

    @Override
    public void close() throws IOException {
        try (jvm) {
            if (jvm.isAlive() && recording >= 0) {
                jfr.closeRecording(recording);
                if (loaded && jvm.state().attached()) {
                    leave();
                }
            }
        } catch (UnreachableException | RuntimeException e) {
            // It has ended, and took everything with it; or the bound that the recording has ends it.
            return;
        }
    }
}
