package iopath.analyzer.attach;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names in folders that others write to as well: who cannot foretell one cannot take it first. */
final class Unforeseeable {
    private static final int BYTES = 8;
    private static final String PATTERN = "iopath-[0-9a-f]{" + 2 * BYTES + "}";

    private Unforeseeable() {}

    /** A new one. */
    static String name() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return "iopath-" + HexFormat.of().formatHex(random);
    }

    /** Whether a text is like those made here. */
    static boolean isOne(String text) {
        return text.matches(PATTERN);
    }
}
