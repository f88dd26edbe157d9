package iopath.agent.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stand-ins for names that must not be shown: the same for the same name and key, and nothing to guess from.
 *
 * <p>A stand-in is the first 64 bits of an HMAC-SHA256 (RFC 2104). Without the key, a list of likely names cannot be
 * tried against it. All of the JDK's cryptography that it needs is loaded when it is made.
 */
public final class HiddenNames {

    private static final int KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 8;

    private final Mac mac;

    /**
     * Stand-ins under a key.
     *
     * @param key any text, or {@code null} for a random key that nobody learns
     */
    public HiddenNames(@Nullable String key) {
        byte[] bytes = new byte[KEY_BYTES];
        if (key == null) {
            new SecureRandom().nextBytes(bytes);
        } else {
            bytes = key.getBytes(StandardCharsets.UTF_8);
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256, which redaction needs", e);
        }
        path("");
    }

    /** What is shown in place of a path. */
    public synchronized String path(String name) {
        byte[] code = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
        return "(path " + HexFormat.of().formatHex(code, 0, SHOWN_BYTES) + ")";
    }
}
