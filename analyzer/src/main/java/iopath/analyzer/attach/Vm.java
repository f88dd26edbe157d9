package iopath.analyzer.attach;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A running JVM that answers; each question is one connection to its attach socket. */
final class Vm implements AutoCloseable {
    /** For a question that the JVM answers by itself: as long as the JDK's own tools wait for the socket. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** To weave takes a second, and many on a host that is busy. */
    private static final Duration LOAD = Duration.ofMinutes(2);

    /** Those for which nothing need be tried. */
    private static final Map<String, String> REFUSALS = Map.of(
            Jvm.OTHER_USER, "it runs as another user or group, and we are not root",
            Jvm.DISABLED, "it was started with -XX:+DisableAttachMechanism",
            Jvm.OPENJ9, "OpenJ9 has an attach protocol of its own");

    private static final String CODE = "return code: ";

    private final AttachSocket socket;
    private final long pid;

    private Vm(AttachSocket socket, long pid) {
        this.socket = socket;
        this.pid = pid;
    }

    /** Reaches a JVM. */
    static Vm of(Surroundings process) throws UnreachableException {
        // What is no JVM would be ended by the signal that makes one open its socket.
        Jvm jvm = new Jvms(Proc.host()).get(process.pid());
        String refusal = jvm.refusal();
        if (refusal != null && REFUSALS.containsKey(refusal)) {
            throw cannot(process.pid(), "be attached to", new IOException(REFUSALS.get(refusal)));
        }
        try {
            return new Vm(AttachSocket.of(process, PATIENCE), process.pid());
        } catch (IOException | RuntimeException e) {
            throw cannot(process.pid(), "be attached to", e);
        }
    }

    /** Its system properties now. */
    Properties properties() throws UnreachableException {
        try {
            return propertiesNow();
        } catch (IOException | RuntimeException e) {
            throw cannot(pid, "be asked", e);
        }
    }

    private Properties propertiesNow() throws IOException {
        Properties properties = new Properties();
        properties.load(new ByteArrayInputStream(ask(PATIENCE, "properties").getBytes(StandardCharsets.ISO_8859_1)));
        return properties;
    }

    /** The system properties of a JVM; the message of the exception says why there are none. */
    static Properties properties(long pid) throws IOException {
        try (AttachSocket socket = AttachSocket.of(Surroundings.of(pid), PATIENCE)) {
            return new Vm(socket, pid).propertiesNow();
        } catch (UnreachableException | RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What the agent in it says of itself. */
    AgentState state() throws UnreachableException {
        return AgentState.of(properties());
    }

    /**
     * Loads the agent, again if it is there.
     *
     * @param jar path as the target sees it
     * @return what the agent says afterwards
     */
    AgentState load(String jar, String options) throws UnreachableException {
        try {
            String said = ask(LOAD, "load", "instrument", "false", jar + "=" + options);
            if (!said.startsWith(CODE + "0")) {
                throw new IOException(meaning(said));
            }
        } catch (IOException | RuntimeException e) {
            throw cannot(pid, "load the agent", e);
        }
        AgentState state = state();
        if (state.answer().startsWith("error: ")) {
            throw new UnreachableException(
                    "process " + pid + ": " + state.answer().substring("error: ".length()));
        }
        return state;
    }

    /** What the library {@code instrument} means by a number, see InvocationAdapter.c. */
    private static String meaning(String said) {
        String code = said.startsWith(CODE)
                ? said.substring(CODE.length()).lines().findFirst().orElse("")
                : "";
        return switch (code) {
            case "100" -> "it could not read the agent's jar";
            case "101" -> "it could not put the agent's jar on its class path";
            case "102" -> "the agent failed to start";
            default -> said;
        };
    }

    /** The text of an answer that says that all went well. */
    private String ask(Duration patience, String... words) throws IOException {
        String answer = new String(socket.ask(patience, List.of(words)), StandardCharsets.ISO_8859_1);
        int end = answer.indexOf('\n');
        String code = end < 0 ? answer : answer.substring(0, end);
        String text = end < 0 ? "" : answer.substring(end + 1);
        if (!code.equals("0")) {
            throw new IOException(text.isBlank() ? "it answered " + code : text);
        }
        return text;
    }

    private static UnreachableException cannot(long pid, String what, Exception e) {
        return new UnreachableException("process " + pid + " cannot " + what + " (" + e.getMessage()
                + "); iopath doctor " + pid + " says why and what to do");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor of a folder has nothing to write.
            return;
        }
    }
}
