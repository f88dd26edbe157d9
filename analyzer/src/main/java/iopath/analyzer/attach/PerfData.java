package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The texts and numbers in the file that a HotSpot JVM keeps its counters in ({@code perfMemory.hpp}, format 2.0): reading it
 * disturbs nobody.
 *
 * <p>It is in {@code hsperfdata_USER} in /tmp, named after the pid, unless {@code -XX:-UsePerfData} forbids it.
 */
record PerfData(Map<String, String> texts, Map<String, Long> numbers) {
    static final PerfData NONE = new PerfData(Map.of(), Map.of());

    private static final int MAGIC = 0xcafec0c0;
    private static final int HEADER_BYTES = 32;
    private static final int ENTRY_BYTES = 20;

    /** HotSpot's default is 32 kB. */
    private static final int MAX_BYTES = 1 << 20;

    private static final String FOLDER = "hsperfdata_*";

    /**
     * That of a process; empty if there is none, or it may not be read.
     *
     * @param maps the process's mapped files: containers may share a /tmp and have pids alike, so that the file's name
     *     proves nothing
     */
    static PerfData of(ProcessFacts process, String maps) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(process.temp(), FOLDER)) {
            for (Path folder : folders) {
                Path file = folder.resolve(Long.toString(process.namespacePid()));
                if (isMapped(folder, file, maps)) {
                    return read(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // There is none that we may see.
        }
        return NONE;
    }

    private static boolean isMapped(Path folder, Path file, String maps) {
        try {
            // A pipe would keep us for ever, and a link leads anywhere.
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            String inode = " " + Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS) + " ";
            return maps.lines().anyMatch(line -> line.contains("/hsperfdata_") && line.contains(inode));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** The texts of a file; none if it cannot be read, or is something else. */
    static PerfData read(Path file) {
        try {
            Optional<byte[]> bytes = Bounded.bytes(file, MAX_BYTES);
            if (bytes.isPresent()) {
                return parse(ByteBuffer.wrap(bytes.get()));
            }
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            // Another user's, or one that is written to right now.
        }
        return NONE;
    }

    /** One text; empty if it is not there. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
    }

    /** One number; empty if it is not there. */
    OptionalLong number(String name) {
        Long number = numbers.get(name);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static PerfData parse(ByteBuffer data) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        if (data.limit() < HEADER_BYTES || data.getInt(0) != MAGIC || data.get(5) != 2) {
            return NONE;
        }
        data.order(data.get(4) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = data.getInt(24);
        for (int entries = data.getInt(28); entries > 0; entries--) {
            int length = data.getInt(at);
            if (length < ENTRY_BYTES) {
                break;
            }
            int vector = data.getInt(at + 8);
            int content = at + data.getInt(at + 16);
            if (data.get(at + 12) == 'B' && vector > 0) {
                texts.put(text(data, at + data.getInt(at + 4), length), text(data, content, vector));
            } else if (data.get(at + 12) == 'J' && vector == 0) {
                numbers.put(text(data, at + data.getInt(at + 4), length), data.getLong(content));
            }
            at += length;
        }
        return new PerfData(texts, numbers);
    }

    private static String text(ByteBuffer data, int start, int most) {
        int end = start;
        while (end < start + most && data.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - start];
        data.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
