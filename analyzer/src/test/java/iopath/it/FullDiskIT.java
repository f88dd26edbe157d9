package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** HotSpot ends the JVM when JFR cannot write; so the recording must have ended before. */
class FullDiskIT {

    private static final int TIMES = Integer.getInteger("iopath.it.disks", 2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void root() {
        if (!"root".equals(System.getProperty("user.name"))) {
            Missing.say("only root can mount a small disk");
            Assumptions.abort("not root");
        }
    }

    @TestFactory
    List<DynamicTest> theRecordingEndsAndTheJvmLives() {
        return IntStream.range(0, TIMES)
                .mapToObj(i -> DynamicTest.dynamicTest("disk " + i, () -> fillOne("disk" + i)))
                .toList();
    }

    /** From nearly full already to one on which iopath records to disk. */
    @TestFactory
    List<DynamicTest> aDiskThatFillsWithinASecondEndsNoJvm() {
        List<String> sizes = List.of("24m", "1300m", "100m", "400m");
        return IntStream.range(0, TIMES)
                .mapToObj(i -> DynamicTest.dynamicTest("disk " + i, () -> fillFast("fast" + i, sizes.get(i % 4))))
                .toList();
    }

    private void fillFast(String name, String size) throws Exception {
        Path disk = Files.createDirectory(folder.resolve(name));
        try (Target service = onDisk(disk, size)) {
            service.load("record=" + folder.resolve(name + ".jfr") + ",duration=5s,once");
            assertThat(service.property("iopath.agent.answer")).isEqualTo("attached and recording");

            fillAtOnce(Path.of("/proc/" + service.pid() + "/root" + disk));

            // JFR would write each second, and the recording comes to its end, on a disk that stays full.
            await().atMost(PATIENCE)
                    .until(() -> service.property("iopath.agent.status").equals("detached"));
            assertThat(service.property("iopath.agent.answer")).startsWith("stopped: the disk");
            assertThat(service.errors()).contains("iopath stops recording").doesNotContain("irrecoverable");
            service.end();
        }
    }

    private static void fillAtOnce(Path disk) throws IOException {
        byte[] some = new byte[1 << 20];
        for (int size = some.length; size > 0; size /= 16) {
            try (OutputStream out =
                    Files.newOutputStream(disk.resolve("fill"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(some, 0, size);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
        }
    }

    private void fillOne(String name) throws Exception {
        Path disk = Files.createDirectory(folder.resolve(name));
        Path recording = folder.resolve(name + ".jfr");
        try (Target service = onDisk(disk, "24m")) {
            service.load("record=" + recording + ",sample=1,once");
            assertThat(service.property("iopath.agent.answer")).isEqualTo("attached and recording");

            fill(Path.of("/proc/" + service.pid() + "/root" + disk), service);

            await().atMost(PATIENCE)
                    .until(() -> service.property("iopath.agent.status").equals("detached"));
            assertThat(service.property("iopath.agent.answer")).startsWith("stopped: the disk");
            assertThat(service.errors()).contains("nearly full; iopath stops recording");
            assertThat(Report.of(recording).frames()).isNotEmpty();
            service.end();
        }
    }

    @Test
    void aDiskThatIsNearlyFullBeginsNothing() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (Target service = onDisk(disk, "8m")) {
            service.load("record=" + folder.resolve("out.jfr"));
            assertThat(service.property("iopath.agent.answer"))
                    .startsWith("error: ")
                    .contains("are free");
            assertThat(folder.resolve("out.jfr")).doesNotExist();
            service.end();
        }
    }

    private Target onDisk(Path disk, String size) throws IOException {
        String mount = "mount -t tmpfs -o size=" + size + " tmpfs " + disk + " && exec \"$@\"";
        return new Target(
                Jdks.present().get(0),
                folder,
                List.of("unshare", "--mount", "sh", "-c", mount, "sh"),
                "-Djava.io.tmpdir=" + disk,
                "-XX:FlightRecorderOptions:repository=" + disk);
    }

    /** Somebody else fills the disk, faster than the agent does, until the recording has ended. */
    private static void fill(Path disk, Target service) throws Exception {
        byte[] some = new byte[256 * 1024];
        try (OutputStream out =
                Files.newOutputStream(disk.resolve("fill"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (service.property("iopath.agent.status").startsWith("attached")
                    && Files.getFileStore(disk).getUsableSpace() > 1 << 20) {
                out.write(some);
                out.flush();
                service.ask("sent");
            }
        }
    }
}
