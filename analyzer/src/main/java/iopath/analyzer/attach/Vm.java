package iopath.analyzer.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Properties;

/** A running JVM that answers; each question is one connection to its attach socket. */
public final class Vm implements AutoCloseable {
    private final VirtualMachine machine;
    private final long pid;

    private Vm(VirtualMachine machine, long pid) {
        this.machine = machine;
        this.pid = pid;
    }

    /** Reaches the JVM with a process id. */
    public static Vm of(long pid) throws UnreachableException {
        // To attach to what is no JVM takes ten seconds to fail, and does not say so.
        new Jvms(Proc.host()).get(pid);
        try {
            return new Vm(VirtualMachine.attach(Long.toString(pid)), pid);
        } catch (AttachNotSupportedException | IOException | RuntimeException e) {
            throw cannot(pid, "be attached to", e);
        }
    }

    /** Its process id, as this process sees it. */
    public long pid() {
        return pid;
    }

    /** Its system properties now. */
    public Properties properties() throws UnreachableException {
        try {
            return machine.getSystemProperties();
        } catch (IOException | RuntimeException e) {
            throw cannot(pid, "be asked", e);
        }
    }

    /** What the agent in it says of itself. */
    public AgentState state() throws UnreachableException {
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
            machine.loadAgent(jar, options);
        } catch (AgentLoadException | AgentInitializationException | IOException | RuntimeException e) {
            throw cannot(pid, "load the agent", e);
        }
        AgentState state = state();
        if (state.answer().startsWith("error: ")) {
            throw new UnreachableException(
                    "process " + pid + ": " + state.answer().substring("error: ".length()));
        }
        return state;
    }

    private static UnreachableException cannot(long pid, String what, Exception e) {
        return new UnreachableException("process " + pid + " cannot " + what + " (" + e.getMessage()
                + "); iopath doctor " + pid + " says why and what to do");
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException e) {
            // The target has ended: nothing is left to close.
            return;
        }
    }
}
