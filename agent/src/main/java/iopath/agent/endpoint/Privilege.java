package iopath.agent.endpoint;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Does what the agent may and the application, on whose stack it runs, may not.
 *
 * <p>A security manager is possible up to JDK 23 (JEP 486); without one nothing is asked.
 */
@SuppressWarnings("removal") // both are there as long as there can be a security manager
public final class Privilege {

    private static final int LAST_JDK = 23;
    private static final boolean POSSIBLE = Runtime.version().feature() <= LAST_JDK;

    private Privilege() {}

    /** Runs {@code action} with the permissions of the agent alone. */
    public static <T> T use(PrivilegedAction<T> action) {
        return isNeeded() ? AccessController.doPrivileged(action) : action.run();
    }

    /** Whether there is a security manager. */
    public static boolean isNeeded() {
        return POSSIBLE && System.getSecurityManager() != null;
    }
}
