package iopath.demo;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A length with the CRC-32C of that many bytes.
 *
 * @param crc an unsigned 32-bit number
 */
record Checksum(long bytes, long crc) {

    static Checksum parse(String text) {
        String[] words = text.split(" ");
        return new Checksum(Long.parseLong(words[0]), HexFormat.fromHexDigitsToLong(words[1]));
    }

    String hex() {
        return HexFormat.of().toHexDigits(crc, 8);
    }

    @Override
    public String toString() {
        return bytes + " " + hex();
    }

    /** The running form of a checksum. */
    static final class Sum {
        private final CRC32C crc = new CRC32C();
        private long bytes;

        /** Consumes what remains in the buffer. */
        void add(ByteBuffer buffer) {
            bytes += buffer.remaining();
            crc.update(buffer);
        }

        Checksum get() {
            return new Checksum(bytes, crc.getValue());
        }
    }
}
