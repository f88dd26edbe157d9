package iopath.analyzer.attach;

import iopath.analyzer.event.Jvm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.remote.JMXConnectionNotification;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** A JVM that is reached over JMX. */
public final class RemoteJvm implements AutoCloseable {
    private static final String ADDRESS = "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+\\]):[0-9]{1,5}";

    private static final int HIGHEST_PORT = 65535;

    private static final long CHECK_MILLIS = 2000;

    /** Where JMX writes, to standard error, that a connection was lost; we say so ourselves. Held: else it is forgotten. */
    private static final Logger CHATTER = Logger.getLogger("javax.management.remote.misc");

    private final String address;
    private final JMXConnector connector;
    private final MBeanServerConnection connection;
    private final RuntimeMXBean runtime;
    private final Jvm jvm;
    private final AtomicBoolean lost;

    private RemoteJvm(
            String address,
            JMXConnector connector,
            MBeanServerConnection connection,
            RuntimeMXBean runtime,
            Jvm jvm,
            AtomicBoolean lost) {
        this.address = address;
        this.runtime = runtime;
        this.connector = connector;
        this.connection = connection;
        this.jvm = jvm;
        this.lost = lost;
    }

    /** Whether a text is a host and a port, as {@link #at} needs them. */
    public static boolean isAddress(String text) {
        return text.matches(ADDRESS) && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= HIGHEST_PORT;
    }

    /**
     * Connects to the JMX port of a JVM.
     *
     * @param address what {@link #isAddress} takes for one
     * @param login user and password, {@code null} if it asks for none
     */
    public static RemoteJvm at(String address, @Nullable Login login) throws UnreachableException {
        JMXConnector connector = null;
        try {
            connector = connect(address, login);
            AtomicBoolean lost = new AtomicBoolean();
            connector.addConnectionNotificationListener(
                    (notification, nothing) -> lose(notification, lost), null, null);
            MBeanServerConnection connection = connector.getMBeanServerConnection();
            RuntimeMXBean runtime = ManagementFactory.newPlatformMXBeanProxy(
                    connection, ManagementFactory.RUNTIME_MXBEAN_NAME, RuntimeMXBean.class);
            Map<String, String> told = runtime.getSystemProperties();
            Properties properties = new Properties();
            properties.putAll(told);
            Jvm jvm = RunningJvm.of(
                    runtime.getPid(),
                    properties.getProperty("sun.java.command", ""),
                    properties.getProperty("java.version", ""));
            return new RemoteJvm(address, connector, connection, runtime, jvm, lost);
        } catch (IOException | RuntimeException e) {
            close(connector);
            throw unreachable(address, e);
        }
    }

    private static void lose(Notification notification, AtomicBoolean lost) {
        String type = notification.getType();
        if (type.equals(JMXConnectionNotification.FAILED) || type.equals(JMXConnectionNotification.CLOSED)) {
            lost.set(true);
        }
    }

    /** That a JVM does not answer, and what to do. */
    private static UnreachableException unreachable(String address, Exception e) {
        return new UnreachableException("the JVM at " + address + " cannot be reached over JMX (" + e.getMessage()
                + "); it needs -Dcom.sun.management.jmxremote.port, and what stands between has to let it through");
    }

    @SuppressWarnings("BanJNDI") // JMX has no other way, and the address is the person's own
    private static JMXConnector connect(String address, @Nullable Login login) throws IOException {
        CHATTER.setLevel(Level.OFF);
        Map<String, Object> environment = new HashMap<>();
        // A JVM that has ended is noticed by nothing but this.
        environment.put("jmx.remote.x.client.connection.check.period", CHECK_MILLIS);
        if (login != null) {
            environment.put(JMXConnector.CREDENTIALS, new String[] {login.user(), login.password()});
        }
        return JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi"), environment);
    }

    private static void close(@Nullable JMXConnector connector) {
        try {
            if (connector != null) {
                connector.close();
            }
        } catch (IOException e) {
            // The JVM has ended: nothing is left to close.
            return;
        }
    }

    /** Who asks. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** What the agent says now, if there is one. */
    public AgentState state() throws UnreachableException {
        try {
            Properties properties = new Properties();
            properties.putAll(runtime.getSystemProperties());
            return AgentState.of(properties);
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    /** That this JVM does not answer, and what to do. */
    public UnreachableException unreachable(Exception e) {
        return unreachable(address, e);
    }

    /** That it has to have the agent, and how it gets it. */
    public UnreachableException withoutAgent() {
        return new UnreachableException("the JVM at " + address
                + " has no iopath agent; start it with -javaagent:iopath-agent.jar, or put that file on its host and"
                + " record with --agent-path");
    }

    /** Where it is, as {@code host:port}. */
    public String address() {
        return address;
    }

    /** Where questions are asked. */
    public MBeanServerConnection connection() {
        return connection;
    }

    /** Which JVM it is. */
    public Jvm jvm() {
        return jvm;
    }

    /** Whether it still answers. */
    public boolean isAlive() {
        return !lost.get();
    }

    @Override
    public void close() {
        close(connector);
    }
}
