package iopath.analyzer.render;

import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import one.proto.Proto;

/**
 * A profile's stacks for pprof: its {@code profile.proto}, in gzip, with the bytes moved and the bytes copied of each
 * stack, and source, sink, path, reason and evidence as labels; the verdict is its comment.
 */
public final class PprofProfile {
    private static final int BUFFER = 1 << 16;

    // Fields of profile.proto.
    private static final int SAMPLE_TYPE = 1;
    private static final int SAMPLE = 2;
    private static final int LOCATION = 4;
    private static final int FUNCTION = 5;
    private static final int STRING_TABLE = 6;
    private static final int TIME_NANOS = 9;
    private static final int DURATION_NANOS = 10;
    private static final int COMMENT = 13;
    private static final int DEFAULT_SAMPLE_TYPE = 14;

    private final Proto proto = new Proto(BUFFER);
    private final Map<String, Integer> strings = new LinkedHashMap<>();
    private final Map<String, Integer> functions = new LinkedHashMap<>();
    private final Map<String, Integer> locations = new LinkedHashMap<>();

    private PprofProfile() {
        string(""); // must be the first
    }

    /** The whole file. */
    public static byte[] of(Profile profile) {
        return new PprofProfile().write(profile);
    }

    private byte[] write(Profile profile) {
        sampleType("bytes");
        sampleType("copied_bytes");
        profile.stacks().stream().filter(stack -> stack.bytes() > 0).forEach(this::sample);
        locations.forEach(this::location);
        functions.forEach((name, id) -> proto.field(
                FUNCTION, new Proto(64).field(1, id).field(2, string(name)).field(3, string(name))));
        int verdict = string(profile.verdict());
        int shown = string("bytes");
        strings.keySet().forEach(text -> proto.field(STRING_TABLE, text));
        proto.field(TIME_NANOS, profile.recording().startNanos());
        proto.field(DURATION_NANOS, profile.recording().durationNanos());
        proto.field(COMMENT, verdict);
        // Else pprof shows the last, in which what stays in the kernel weighs nothing.
        proto.field(DEFAULT_SAMPLE_TYPE, shown);
        return compressed();
    }

    private void sampleType(String type) {
        proto.field(SAMPLE_TYPE, new Proto(16).field(1, string(type)).field(2, string("bytes")));
    }

    private void sample(Stack stack) {
        Proto sample = new Proto(256);
        List<String> frames = stack.frames();
        for (int i = frames.size() - 1; i >= 0; i--) {
            sample.field(1, id(locations, frames.get(i)));
        }
        sample.field(2, stack.bytes()).field(2, stack.copiedBytes());
        label(sample, "source", stack.source());
        label(sample, "sink", stack.sink());
        label(sample, "path", stack.path());
        label(sample, "reason", stack.reason());
        label(sample, "evidence", stack.evidence());
        proto.field(SAMPLE, sample);
    }

    private void label(Proto sample, String key, String value) {
        sample.field(3, new Proto(16).field(1, string(key)).field(2, string(value)));
    }

    /** A frame is {@code com.example.Server.send:42}, or has no line. */
    private void location(String frame, int id) {
        int colon = frame.lastIndexOf(':');
        boolean hasLine = colon > 0 && frame.substring(colon + 1).matches("[0-9]{1,9}");
        String function = hasLine ? frame.substring(0, colon) : frame;
        Proto line = new Proto(16).field(1, id(functions, function));
        if (hasLine) {
            line.field(2, Integer.parseInt(frame.substring(colon + 1)));
        }
        proto.field(LOCATION, new Proto(32).field(1, id).field(4, line));
    }

    /** pprof prints what it is given, so that names must not command a terminal. */
    private int string(String text) {
        return strings.computeIfAbsent(Line.safe(text), k -> strings.size());
    }

    /** Identifiers are from 1 on. */
    private static int id(Map<String, Integer> known, String name) {
        return known.computeIfAbsent(name, k -> known.size() + 1);
    }

    private byte[] compressed() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(file)) {
            zip.write(proto.buffer(), 0, proto.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of memory only
        }
        return file.toByteArray();
    }
}
