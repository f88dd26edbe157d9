package iopath.agent.endpoint;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that is mapped, by the kernel's word (proc_pid_maps(5)).
 *
 * @param from the first address
 * @param to the address behind the last
 * @param copied whether what is written to the mapping does not reach the file
 */
public record MappedFile(String path, long from, long to, boolean copied) {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ...([sp]) \\S+ \\S+ [1-9]\\d* +(/.*)");

    /** What has a name but is no file of the application: the JVM's heap and counters, System V's memory, glibc's. */
    private static final Pattern NO_FILE =
            Pattern.compile("/memfd:.*|/SYSV.*|/dev/zero|.*/hsperfdata_[^/]*/[^/]*|.*/gconv-modules\\.cache");

    static final String DELETED = " (deleted)";

    /** The file at an address of this process; {@code null} if there is none, or if it cannot be told. */
    public static @Nullable MappedFile at(long address) {
        for (MappedFile file : look(address)) {
            return file;
        }
        return null;
    }

    /** All that this process has mapped now, in the order of their addresses; empty if it cannot be told. */
    public static List<MappedFile> all() {
        return look(0);
    }

    /** How many bytes are mapped. */
    public long size() {
        return to - from;
    }

    private static List<MappedFile> look(long address) {
        return Privilege.use(new Look(address));
    }

    /** A look into the kernel's list, for one address or, if it is 0, for all. No lambda: it may be inside class loading. */
    private record Look(long address) implements PrivilegedAction<List<MappedFile>> {

        @Override
        public List<MappedFile> run() {
            List<MappedFile> found = new ArrayList<>();
            // A stream: an interrupt closes channels.
            try (BufferedReader maps = new BufferedReader(
                    new InputStreamReader(new FileInputStream("/proc/self/maps"), Charset.defaultCharset()))) {
                for (String line = maps.readLine(); line != null; line = maps.readLine()) {
                    MappedFile file = of(line);
                    if (file != null && (address == 0 || file.holds(address))) {
                        found.add(file);
                    }
                }
            } catch (IOException e) {
                found.clear();
            }
            return found;
        }
    }

    private boolean holds(long address) {
        return Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0;
    }

    private static @Nullable MappedFile of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        String path = path(matcher.group(4));
        return NO_FILE.matcher(path).matches()
                ? null
                : new MappedFile(
                        path,
                        Long.parseUnsignedLong(matcher.group(1), 16),
                        Long.parseUnsignedLong(matcher.group(2), 16),
                        matcher.group(3).equals("p"));
    }

    private static String path(String text) {
        String path = text.endsWith(DELETED) ? text.substring(0, text.length() - DELETED.length()) : text;
        // The only character that the kernel masks.
        return path.replace("\\012", "\n");
    }
}
