package iopath.it;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Executables for tests, see elf(5). */
final class Elf {
    private static final int TABLE = 40;
    private static final int SECTIONS = 60;
    private static final int NAMES = 62;
    private static final int ENTRY_BYTES = 64;
    private static final int PLACE = 24;
    private static final int SIZE = 32;

    private Elf() {}

    /** A 64-bit little-endian executable with one more name of a section; it runs as before. */
    static byte[] withSection(byte[] program, String name) {
        ByteBuffer old = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        int table = (int) old.getLong(TABLE);
        int tableBytes = old.getShort(SECTIONS) * ENTRY_BYTES;
        int entry = old.getShort(NAMES) * ENTRY_BYTES;
        int names = (int) old.getLong(table + entry + PLACE);
        int namesBytes = (int) old.getLong(table + entry + SIZE);
        byte[] more = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        int newNames = program.length + tableBytes;
        ByteBuffer all =
                ByteBuffer.allocate(newNames + namesBytes + more.length).order(ByteOrder.LITTLE_ENDIAN);
        all.put(program)
                .put(program, table, tableBytes)
                .put(program, names, namesBytes)
                .put(more);
        all.putLong(TABLE, program.length);
        all.putLong(program.length + entry + PLACE, newNames);
        all.putLong(program.length + entry + SIZE, namesBytes + more.length);
        return all.array();
    }
}
