package iopath.agent;

import java.util.List;

/**
 * Loads and initialises the classes that an operation runs through, before any operation can.
 *
 * <p>A class that is first loaded from inside a woven method is read from the agent's jar by a woven method, which
 * needs the class: the JVM answers with an error, and remembers it for good.
 */
final class Preload {

    private Preload() {}

    /** Loads the classes of these names; those that are there cost a look-up. */
    static void run(List<String> names) throws ClassNotFoundException {
        for (String name : names) {
            Class.forName(name);
        }
    }
}
