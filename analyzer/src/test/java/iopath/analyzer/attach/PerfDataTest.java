package iopath.analyzer.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PerfDataTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatThisJvmSaysOfItselfIsRead() {
        PerfData data = own();

        assertThat(data.text("java.property.java.version")).contains(System.getProperty("java.version"));
        assertThat(data.text("java.property.java.home")).contains(System.getProperty("java.home"));
        assertThat(data.text("no.such.name")).isEmpty();
    }

    @Test
    void aFileThatTheJvmDoesNotMapIsNotBelieved() {
        assertThat(PerfData.of(self(), "7ff-800 rw-s 0 fe:00 1   /tmp/hsperfdata_x/1\n"))
                .isEqualTo(PerfData.NONE);
    }

    @Test
    void noMutantThrowsOrNeverEnds() throws IOException {
        byte[] whole = Files.readAllBytes(
                self().temp().resolve("hsperfdata_" + System.getProperty("user.name") + "/" + self().pid()));
        Random random = new Random(17);
        for (int i = 0; i < 500; i++) {
            byte[] mutant = whole.clone();
            for (int flips = 1 + random.nextInt(40); flips > 0; flips--) {
                // The header and the first entries.
                mutant[random.nextInt(i % 2 == 0 ? 64 : mutant.length)] = (byte) random.nextInt(256);
            }
            PerfData.read(Files.write(folder.resolve("mutant"), mutant));
        }
    }

    private static PerfData own() {
        return PerfData.of(self(), Proc.host().text(self().pid(), "maps").orElse(""));
    }

    private static ProcessFacts self() {
        return ProcessFacts.of(Proc.host(), ProcessHandle.current().pid()).orElseThrow();
    }
}
