package iopath.analyzer.read;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Type numbers by name, from the metadata event of a chunk. */
final class MetadataNames {
    /** The tree is root, metadata, class, field, annotation; a damaged one may claim any depth. */
    private static final int MAX_DEPTH = 32;

    private final ByteBuffer bytes;
    private final Set<String> wanted;
    private final Map<String, Long> found = new HashMap<>();
    private final @Nullable String[] strings;

    private MetadataNames(ByteBuffer bytes, Set<String> wanted) {
        this.bytes = bytes;
        this.wanted = wanted;
        skip(5); // size, type, start, duration, number
        this.strings = new @Nullable String[count()];
        for (int i = 0; i < strings.length; i++) {
            strings[i] = string();
        }
    }

    /** The wanted names that the event has, or {@code null} if it cannot be read. */
    static @Nullable Map<String, Long> in(ByteBuffer event, Set<String> wanted) {
        try {
            MetadataNames names = new MetadataNames(event, wanted);
            names.element(0);
            return names.found;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            return null;
        }
    }

    private void element(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("deep");
        }
        String kind = text();
        String name = null;
        String id = null;
        for (int attributes = count(); attributes > 0; attributes--) {
            String key = text();
            String value = text();
            if ("name".equals(key)) {
                name = value;
            } else if ("id".equals(key)) {
                id = value;
            }
        }
        if ("class".equals(kind) && name != null && id != null && wanted.contains(name)) {
            // NumberFormatException is an IllegalArgumentException.
            found.put(name, Long.parseLong(id));
        }
        for (int children = count(); children > 0; children--) {
            element(depth + 1);
        }
    }

    private @Nullable String text() {
        return strings[(int) varint()];
    }

    private @Nullable String string() {
        int encoding = bytes.get();
        return switch (encoding) {
            case 0 -> null;
            case 1 -> "";
            case 3 -> bytes(StandardCharsets.UTF_8);
            case 4 -> chars();
            case 5 -> bytes(StandardCharsets.ISO_8859_1);
            default -> throw new IllegalArgumentException("encoding");
        };
    }

    private String bytes(java.nio.charset.Charset charset) {
        byte[] content = new byte[count()];
        bytes.get(content);
        return new String(content, charset);
    }

    private String chars() {
        char[] content = new char[count()];
        for (int i = 0; i < content.length; i++) {
            content[i] = (char) varint();
        }
        return new String(content);
    }

    /** A number of things that follow, of at least a byte each. */
    private int count() {
        long count = varint();
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("count");
        }
        return (int) count;
    }

    private void skip(int numbers) {
        for (int i = 0; i < numbers; i++) {
            varint();
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            int part = bytes.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        return value | (long) (bytes.get() & 0xff) << 56;
    }
}
