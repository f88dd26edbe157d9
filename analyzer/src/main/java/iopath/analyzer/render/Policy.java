package iopath.analyzer.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A page's content-security policy: it loads nothing, and runs none but the scripts that it was made with. */
final class Policy {
    private Policy() {}

    /** The policy for a page of these scripts, to the letter, and of this source of styles. */
    static String of(List<String> scripts, String styles) {
        String hashes = scripts.stream().map(script -> "'" + hash(script) + "'").collect(Collectors.joining(" "));
        return "default-src 'none'; script-src " + hashes + "; style-src " + styles
                + "; base-uri 'none'; form-action 'none'";
    }

    /** What a policy calls a text. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
