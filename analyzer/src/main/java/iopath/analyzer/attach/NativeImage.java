package iopath.analyzer.attach;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Java programs that GraalVM has compiled to machine code: their heap's image is a section of the file. */
final class NativeImage {
    private static final String SECTION = ".svm_heap\0";
    private static final int HEADER_BYTES = 64;
    private static final int ENTRY_BYTES = 64;
    private static final int MAX_NAMES = 1 << 20;

    private NativeImage() {}

    /** Whether a file is one, by the section names of a 64-bit little-endian ELF file, see elf(5). */
    static boolean is(Path executable) {
        try (FileChannel file = FileChannel.open(executable)) {
            ByteBuffer header = read(file, 0, HEADER_BYTES);
            if (header.getInt(0) != 0x464c457f || header.get(4) != 2 || header.get(5) != 1) {
                return false;
            }
            long table = header.getLong(40) + (long) (header.getShort(62) & 0xffff) * ENTRY_BYTES;
            ByteBuffer entry = read(file, table, ENTRY_BYTES);
            int size = (int) Math.min(entry.getLong(32), MAX_NAMES);
            ByteBuffer names = read(file, entry.getLong(24), size);
            return new String(names.array(), StandardCharsets.ISO_8859_1).contains(SECTION);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int read = file.read(bytes, at + bytes.position());
            if (read < 0) {
                throw new EOFException();
            }
        }
        return bytes;
    }
}
