package iopath.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What strace saw of a scenario: the calls on its own files, sockets and pipes. */
public final class Syscalls {

    /** Calls that move bytes between descriptors, or descriptors and memory. */
    public static final String TRACED = "read,pread64,readv,preadv,preadv2,write,pwrite64,writev,pwritev,pwritev2,"
            + "sendto,recvfrom,sendmsg,recvmsg,sendmmsg,recvmmsg,sendfile,copy_file_range,splice,tee,vmsplice";

    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (-?\\d+|\\?)(?: (\\w+).*)?");
    /** A thread that the process's end overtook before strace saw which call it was in. */
    private static final Pattern OVERTAKEN = Pattern.compile("\\d+ +\\?\\?\\?\\( <unfinished \\.\\.\\.>");

    private static final Pattern PIECE = Pattern.compile("iov_len=(\\d+)");
    private static final Pattern COUNT = Pattern.compile("^[^,]*, \"[^\"]*\"\\.*, (\\d+)");
    private static final Pattern MESSAGE = Pattern.compile("msg_len=(\\d+)");
    private static final Pattern UNFINISHED = Pattern.compile("(\\d+) +(\\w+\\(.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final Pattern DESCRIPTOR = Pattern.compile("(?<![\\w<])(\\d+)<([^>]*)>");

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Flow, Moved> flows = new TreeMap<>();
    private final Map<String, Long> files = new TreeMap<>();
    private long moving;
    private long left;

    private final String root;
    private final Predicate<String> own;

    private Syscalls(String root, Predicate<String> own) {
        this.root = root;
        this.own = own;
    }

    /**
     * One side of a call.
     *
     * @param endpoint {@code file}, {@code socket} or {@code pipe}
     * @param direction {@code read} or {@code write}
     * @param kernel whether the bytes stayed in the kernel
     */
    public record Flow(String endpoint, String direction, boolean kernel) implements Comparable<Flow> {

        @Override
        public int compareTo(Flow other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return endpoint + " " + direction + (kernel ? " in the kernel" : "");
        }
    }

    /** What a flow moved. */
    public record Moved(long bytes, long calls) {

        /** Both together. */
        public Moved plus(Moved other) {
            return new Moved(bytes + other.bytes, calls + other.calls);
        }
    }

    /**
     * Reads a trace written with {@code -f -y}.
     *
     * @param root prefix of all paths, for a process that has another root than strace
     * @param own whether a path is one of the scenario's files
     */
    public static Syscalls of(Path trace, String root, Predicate<String> own) throws IOException {
        Syscalls calls = new Syscalls(root, own);
        Map<String, String> unfinished = new HashMap<>();
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            Matcher begin = UNFINISHED.matcher(line);
            Matcher resumed = RESUMED.matcher(line);
            String whole = line;
            if (begin.matches()) {
                unfinished.put(begin.group(1), begin.group(2));
                continue;
            }
            if (resumed.matches()) {
                String start = unfinished.remove(resumed.group(1));
                if (start == null) {
                    throw new IOException("a call is resumed that never began: " + line);
                }
                whole = resumed.group(1) + " " + start + resumed.group(3);
            }
            Matcher call = LINE.matcher(whole);
            if (call.matches()) {
                calls.add(call.group(2), call.group(3), call.group(4), call.group(5));
            } else if (!whole.contains("+++ ")
                    // A thread that ended inside a call that strace never saw begin: it moved nothing.
                    && !whole.contains("???(")
                    && !whole.contains("--- ")
                    && !OVERTAKEN.matcher(whole).matches()) {
                throw new IOException("not understood: " + whole);
            }
        }
        return calls;
    }

    /** How many calls of each name there were, with how they were refused. */
    public Map<String, Integer> counts() {
        return counts;
    }

    /** What moved, by end and direction. */
    public Map<Flow, Moved> flows() {
        return flows;
    }

    /** Bytes read and written by system calls, by the path of the file and the direction. */
    public Map<String, Long> files() {
        return files;
    }

    /** What writes were asked to take and did not, in bytes. */
    long left() {
        return left;
    }

    /** How many calls moved bytes. */
    long moving() {
        return moving;
    }

    private void add(String name, String arguments, String result, @Nullable String error) {
        if ("ERESTARTSYS".equals(error)) {
            // A signal came in between: the kernel makes the call again, and the process does not see the first.
            return;
        }
        List<Descriptor> descriptors = descriptors(arguments);
        boolean kernel = name.equals("sendfile") || name.equals("copy_file_range") || name.equals("splice");
        if (descriptors.stream().noneMatch(Descriptor::own)) {
            return;
        }
        long moved = result.equals("?") ? 0 : Math.max(Long.parseLong(result), 0);
        long bytes = name.endsWith("mmsg") ? bytesOfMessages(arguments, moved) : moved;
        counts.merge(error == null ? name : name + " " + error, 1, Integer::sum);
        moving += bytes > 0 ? 1 : 0;
        if (kernel) {
            if (descriptors.size() != 2) {
                throw new IllegalStateException(name + " with " + descriptors + ": " + arguments);
            }
            // sendfile(out, in, ...) alone names the target first.
            int source = name.equals("sendfile") ? 1 : 0;
            add(descriptors.get(source), "read", true, bytes);
            add(descriptors.get(1 - source), "write", true, bytes);
        } else {
            boolean read = name.contains("read") || name.contains("recv");
            add(descriptors.get(0), read ? "read" : "write", false, bytes);
            left += read ? 0 : asked(name, arguments) - bytes;
        }
    }

    /** How much a write was asked to take: its third argument, or the sum of its pieces. */
    private static long asked(String name, String arguments) {
        Matcher matcher = (name.equals("writev") ? PIECE : COUNT).matcher(arguments);
        return matcher.results()
                .mapToLong(count -> Long.parseLong(count.group(1)))
                .sum();
    }

    /** sendmmsg and recvmmsg return how many messages they moved, and say of each how long it is. */
    private static long bytesOfMessages(String arguments, long messages) {
        return MESSAGE.matcher(arguments)
                .results()
                .limit(messages)
                .mapToLong(message -> Long.parseLong(message.group(1)))
                .sum();
    }

    private void add(Descriptor end, String direction, boolean kernel, long bytes) {
        flows.merge(new Flow(end.kind, direction, kernel), new Moved(bytes, 1), Moved::plus);
        if (end.kind.equals("file") && bytes > 0) {
            files.merge(end.path + " " + direction, bytes, Long::sum);
        }
    }

    /** A descriptor in a call's arguments. */
    private record Descriptor(String kind, String path, boolean own) {}

    private List<Descriptor> descriptors(String arguments) {
        List<Descriptor> found = new ArrayList<>();
        Matcher matcher = DESCRIPTOR.matcher(arguments);
        while (matcher.find()) {
            int number = Integer.parseInt(matcher.group(1));
            String path = Objects.requireNonNull(matcher.group(2));
            if (path.startsWith(root)) {
                path = path.substring(root.length());
            }
            if (path.startsWith("socket:")) {
                found.add(new Descriptor("socket", path, true));
            } else if (path.startsWith("pipe:")) {
                // The standard streams are the line to the test.
                found.add(new Descriptor("pipe", path, number > 2));
            } else if (path.endsWith("/fifo")) {
                found.add(new Descriptor("pipe", path, own.test(path)));
            } else {
                found.add(new Descriptor("file", path, own.test(path)));
            }
        }
        return found;
    }
}
