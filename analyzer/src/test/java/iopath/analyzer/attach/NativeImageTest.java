package iopath.analyzer.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeImageTest {
    private static final int NAMES_AT = 64;
    private static final int TABLE_AT = 128;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHeapSectionTellsANativeImage() throws IOException {
        assertThat(NativeImage.is(file(elf(".text", ".svm_heap")))).isTrue();
        assertThat(NativeImage.is(file(elf(".text", ".svm_heap2")))).isFalse();
        assertThat(NativeImage.is(file(elf(".text", ".data")))).isFalse();
    }

    @Test
    void otherProgramsAreNone() throws IOException {
        assertThat(NativeImage.is(Path.of(System.getProperty("java.home"), "bin/java")))
                .isFalse();
        assertThat(NativeImage.is(file("#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII))))
                .isFalse();
        assertThat(NativeImage.is(folder.resolve("none"))).isFalse();
        assertThat(NativeImage.is(folder)).isFalse();
    }

    @Test
    void noMutantThrows() throws IOException {
        byte[] whole = elf(".text", ".svm_heap");
        Random random = new Random(17);
        for (int i = 0; i < 500; i++) {
            byte[] mutant = Arrays.copyOf(whole, 8 + random.nextInt(whole.length - 7));
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            NativeImage.is(file(mutant));
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("program"), bytes);
    }

    /** The header, the names of the sections, and a table whose only entry describes the names. */
    static byte[] elf(String... sections) {
        byte[] names = ("\0" + String.join("\0", sections) + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer elf = ByteBuffer.allocate(TABLE_AT + 64).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putLong(40, TABLE_AT)
                .putShort(58, (short) 64)
                .putShort(60, (short) 1)
                .putShort(62, (short) 0);
        elf.position(NAMES_AT);
        elf.put(names);
        elf.putLong(TABLE_AT + 24, NAMES_AT).putLong(TABLE_AT + 32, names.length);
        return elf.array();
    }
}
