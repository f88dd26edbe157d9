package iopath.demo.kafka;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What strace counted in one phase, as the truth to check a report against.
 *
 * @param sendfileCalls those that moved bytes
 * @param refusedCalls attempts to stay in the kernel that moved nothing: a full socket, or a call that does not fit
 */
record Trace(long sendfileBytes, long sendfileCalls, long refusedCalls, long socketWriteBytes, long socketWriteCalls) {
    /** A call with its result; with {@code -y} the first argument tells what the descriptor is. */
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\(\\d+<(\\w+):.* = (\\d+)$");

    private static final Pattern REFUSED = Pattern.compile("\\d+ +(sendfile|copy_file_range)\\(.* = -1 E.*");

    private static final Pattern BEGUN = Pattern.compile("(\\d+) +(.*) <unfinished \\.\\.\\.>$");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)$");

    static List<String> command(Path file) {
        return List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-y",
                "-s",
                "0",
                "-e",
                "trace=sendfile,copy_file_range,write,writev,pwrite64",
                "-e",
                "signal=none",
                "-o",
                file.toString());
    }

    /** Where the trace ends by now: strace flushes each line before it lets the call return. */
    static long position(Path file) throws IOException {
        return Files.size(file);
    }

    static Trace between(Path file, long start, long end) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(end - start)];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(start);
            in.readFully(bytes);
        }
        return parse(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    static Trace parse(String text) {
        long sendfileBytes = 0;
        long sendfileCalls = 0;
        long refused = 0;
        long socketBytes = 0;
        long socketCalls = 0;
        Map<String, String> begun = new HashMap<>();
        for (String line : text.lines().map(l -> whole(l, begun)).toList()) {
            if (REFUSED.matcher(line).matches()) {
                refused++;
            }
            Matcher call = CALL.matcher(line);
            if (!call.matches()
                    || !call.group(3).startsWith("TCP") && !call.group(3).equals("socket")) {
                continue;
            }
            long moved = Long.parseLong(call.group(4));
            if (call.group(2).equals("sendfile")) {
                sendfileBytes += moved;
                sendfileCalls++;
            } else {
                socketBytes += moved;
                socketCalls++;
            }
        }
        return new Trace(sendfileBytes, sendfileCalls, refused, socketBytes, socketCalls);
    }

    /** Joins the two halves of a call that another thread's came between; a first half alone is no call yet. */
    private static String whole(String line, Map<String, String> begun) {
        Matcher first = BEGUN.matcher(line);
        if (first.matches()) {
            begun.put(first.group(1), first.group(2));
            return "";
        }
        Matcher second = RESUMED.matcher(line);
        if (second.matches()) {
            String start = begun.remove(second.group(1));
            return start == null ? "" : second.group(1) + " " + start + second.group(2);
        }
        return line;
    }
}
