package iopath.it;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a host lacks: one line, or a failure where nothing may be skipped. */
public final class Missing {

    private static final boolean REQUIRE_ALL = Boolean.parseBoolean(System.getenv("IOPATH_REQUIRE_ALL"));
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Missing() {}

    /** Says that tests are skipped, and why. */
    public static void say(String what) {
        if (REQUIRE_ALL) {
            throw new IllegalStateException(what + " (IOPATH_REQUIRE_ALL is set: nothing may be skipped)");
        }
        if (SAID.add(what)) {
            System.out.println("Skipped: " + what);
        }
    }
}
