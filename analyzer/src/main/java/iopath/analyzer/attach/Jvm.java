package iopath.analyzer.attach;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running JVM, as far as it can be known without attaching.
 *
 * @param process the process it is
 * @param kind whose virtual machine it is
 * @param mainClass or jar; the name of the program where neither is known
 * @param version as in {@code java.version}; {@code null} if it is unknown
 * @param release of the runtime it runs on
 * @param options what it was started with
 * @param module the module of its main class, if it has one
 * @param hasIopath whether iopath's agent is open in it, or on its command line
 * @param refusal why attaching cannot work, in three words at most; {@code null} if nothing is known against it
 */
public record Jvm(
        ProcessFacts process,
        Kind kind,
        String mainClass,
        @Nullable String version,
        Release release,
        JvmOptions options,
        Optional<String> module,
        boolean hasIopath,
        @Nullable String refusal) {

    static final String OPENJ9 = "OpenJ9";
    static final String OTHER_USER = "other user";
    static final String DISABLED = "disabled";

    /** Whose virtual machine it is. */
    public enum Kind {
        HOTSPOT,
        OPENJ9,
        /** A {@code java} of another user, which nobody else may look into. */
        HIDDEN
    }

    /** Its number on this host. */
    public long pid() {
        return process.pid();
    }

    /** Its feature version, such as 17; 0 if it is unknown. */
    public int feature() {
        if (version == null) {
            return 0;
        }
        String[] parts = version.split("[^0-9]+", 3);
        String feature = parts[0].equals("1") && parts.length > 1 ? parts[1] : parts[0];
        return feature.matches("[0-9]{1,4}") ? Integer.parseInt(feature) : 0;
    }
}
