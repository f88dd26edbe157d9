package iopath.agent.endpoint;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.security.PrivilegedAction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that is mapped at an address, by the kernel's word (proc_pid_maps(5)).
 *
 * @param copied whether what is written to the mapping does not reach the file
 */
public record MappedFile(String path, boolean copied) {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ...([sp]) \\S+ \\S+ [1-9]\\d* +(/.*)");

    private static final String DELETED = " (deleted)";

    /** The file at an address of this process; {@code null} if there is none, or if it cannot be told. */
    public static @Nullable MappedFile at(long address) {
        return Privilege.use(new Look(address)).file;
    }

    /** A look into the kernel's list. No lambda: it may be the first inside class loading. */
    private record Look(long address) implements PrivilegedAction<Found> {

        @Override
        public Found run() {
            return new Found(find(address));
        }
    }

    private record Found(@Nullable MappedFile file) {}

    private static @Nullable MappedFile find(long address) {
        // A stream: an interrupt closes channels.
        try (BufferedReader maps = new BufferedReader(
                new InputStreamReader(new FileInputStream("/proc/self/maps"), Charset.defaultCharset()))) {
            for (String line = maps.readLine(); line != null; line = maps.readLine()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()
                        && Long.compareUnsigned(Long.parseUnsignedLong(matcher.group(1), 16), address) <= 0
                        && Long.compareUnsigned(address, Long.parseUnsignedLong(matcher.group(2), 16)) < 0) {
                    return new MappedFile(
                            path(matcher.group(4)), matcher.group(3).equals("p"));
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String path(String text) {
        String path = text.endsWith(DELETED) ? text.substring(0, text.length() - DELETED.length()) : text;
        // The only character that the kernel masks.
        return path.replace("\\012", "\n");
    }
}
