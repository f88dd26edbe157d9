package iopath.analyzer.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iopath.analyzer.attach.Check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private final FakeProc fake;
    private final Properties properties = new Properties();

    DoctorTest(@TempDir Path folder) throws IOException {
        fake = new FakeProc(folder);
    }

    @Test
    void aHealthyJvmPassesAllChecksInOrder() throws Exception {
        fake.jvm(12, 1000, "java", "A");
        properties.setProperty("iopath.agent.version", "0.1.0");
        properties.setProperty("iopath.agent.status", "attached;hooks=9");

        List<Check> checks = examine(12);

        assertThat(checks).allMatch(check -> check.verdict() == Verdict.OK);
        assertThat(checks)
                .extracting(Check::subject)
                .containsExactly(
                        "process",
                        "jvm",
                        "user",
                        "attach",
                        "agents",
                        "running",
                        "temp",
                        "space",
                        "files",
                        "descriptors",
                        "modules",
                        "answer");
        assertThat(found("answer", checks)).isEqualTo("it answers; iopath 0.1.0 is in it");
    }

    @Test
    void openJ9IsNamed() throws Exception {
        fake.jvm(12, 1000, "java", "A")
                .write(12, "maps", "7ff-800 r-xp 0 fe:00 42   /opt/jdk/lib/default/libj9vm29.so\n");

        assertThat(failed(examine(12))).containsExactly("jvm");
    }

    @Test
    void aNativeImageIsNamed() throws Exception {
        fake.process(12, 1000, "/opt/app").write(12, "maps", "7ff-800 r-xp 0 fe:00 42   /opt/app\n");
        Path app = Files.write(fake.path(12, "app"), NativeImageTest.elf(".svm_heap"));
        fake.link(12, "exe", app.toString());

        assertThatThrownBy(() -> examine(12))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("process 12 (app) is a GraalVM native image:");
    }

    @Test
    void iopathItselfIsNotExamined() {
        assertThatThrownBy(() -> examine(FakeProc.SELF)).hasMessageContaining("is iopath itself");
    }

    @Test
    void anOldJdkIsNamed() throws Exception {
        fake.jvm(12, 1000, "java", "A").write(12, "root/opt/jdk/release", "JAVA_VERSION=\"1.8.0_402\"\n");

        assertThat(found("jvm", examine(12))).isEqualTo("JDK 1.8.0_402");
        assertThat(failed(examine(12))).containsExactly("jvm");
    }

    @Test
    void anotherGroupIsNotOurs() throws Exception {
        fake.jvm(12, 1000, "java", "A");
        String status = Files.readString(fake.path(12, "status"));
        fake.write(12, "status", status.replace("Gid:\t1000\t1000", "Gid:\t1000\t1001"));

        assertThat(failed(examine(12))).containsExactly("user");
    }

    @Test
    void anotherUsersFilesAreNotGuessedAt() throws Exception {
        fake.jvm(12, 1001, "java", "A").hide(12, "maps", "exe", "root/tmp");
        Files.delete(fake.path(12, "root/opt/jdk/release"));
        Files.delete(fake.path(12, "root/opt/jdk"));
        Files.delete(fake.path(12, "root/opt"));
        Files.delete(fake.path(12, "root"));

        List<Check> checks = examine(12);

        assertThat(failed(checks)).containsExactly("user");
        assertThat(checks.get(checks.size() - 1).subject()).isEqualTo("rest");
        assertThat(checks.get(2).wayOut()).isEqualTo("sudo -u '#1001' iopath doctor 12");
    }

    @Test
    void nobodyKnocksAtAStoppedJvm() throws Exception {
        fake.jvm(12, 1000, "java", "A").status(12, 1000, "t", "12");

        assertThat(failed(examine(12))).containsExactly("running");
    }

    @Test
    void nobodySendsSigquitToAJvmThatItWouldEnd() throws Exception {
        fake.jvm(12, 1000, "java", "-Xrs", "A");
        String status = Files.readString(fake.path(12, "status"));
        fake.write(12, "status", status.replace("0000000101005ccd", "0000000101005cc8"));

        assertThat(failed(examine(12))).containsExactly("running");
        fake.write(12, "root/tmp/.java_pid12", "");
        assertThat(failed(examine(12))).isEmpty();
    }

    @Test
    void aReadOnlyMountIsFoundUnderAnother() throws Exception {
        fake.jvm(12, 1000, "java", "-Djava.io.tmpdir=/var/tmp", "A")
                .write(
                        12,
                        "mountinfo",
                        "27 1 254:0 / / ro,relatime - overlay overlay rw\n28 27 0:1 / /var rw shared:3 - tmpfs none rw\n");
        fake.shared(12, "var/tmp");

        List<Check> checks = examine(12);

        assertThat(failed(checks)).containsExactly("temp");
        assertThat(found("temp", checks)).isEqualTo("/tmp is on a read-only file system");
        fake.write(12, "mountinfo", "27 1 254:0 / / rw - ext4 /dev/vda ro\n");
        assertThat(failed(examine(12))).containsExactly("temp", "space", "files");
    }

    @Test
    void theRepositoryOfFlightRecorderIsElsewhere() throws Exception {
        fake.jvm(12, 1000, "java", "-XX:FlightRecorderOptions:stackdepth=9,repository=/jfr,maxchunksize=1m", "A");

        assertThat(found("space", examine(12))).startsWith("there is no folder /jfr in it");
        fake.shared(12, "jfr");
        assertThat(found("space", examine(12))).endsWith(" are free in /jfr, where JFR writes");
    }

    @Test
    void tooFewDescriptorsAreLeft() throws Exception {
        fake.jvm(12, 1000, "java", "A")
                .write(12, "limits", "Max open files            40       40    files\n")
                .descriptors(12, IntStream.range(0, 25).mapToObj(i -> "/f" + i).toList());

        assertThat(found("descriptors", examine(12))).startsWith("25 open of at most 40;");
        assertThat(failed(examine(12))).containsExactly("descriptors");
        Files.delete(fake.path(12, "fd/0"));
        assertThat(failed(examine(12))).isEmpty();
    }

    @Test
    void whatLimitedModulesRequireIsThere() throws Exception {
        fake.jvm(12, 1000, "java", "--limit-modules", "java.se,jdk.management.jfr", "A");
        assertThat(failed(examine(12))).isEmpty();

        fake.jvm(13, 1000, "java", "--limit-modules=java.se", "A");
        assertThat(found("modules", examine(13))).isEqualTo("jdk.jfr shut out by --limit-modules");
    }

    @Test
    void aRuntimeThatDoesNotListItsModulesIsNoFailure() throws Exception {
        fake.jvm(12, 1000, "java", "A").write(12, "root/opt/jdk/release", "JAVA_VERSION=\"25.0.1\"\n");

        List<Check> checks = examine(12);

        assertThat(failed(checks)).isEmpty();
        assertThat(checks)
                .filteredOn(check -> check.verdict() == Verdict.WARN)
                .extracting(Check::subject)
                .containsExactly("agents", "modules");
    }

    @Test
    void aSilentJvmWithHiddenOptionsMayHaveAttachingDisabled() throws Exception {
        fake.jvm(12, 1000, "java", "@file", "A").jvm(13, 1000, "java", "A");

        assertThat(silent(12).wayOut()).contains("-XX:+DisableAttachMechanism");
        assertThat(silent(13).wayOut()).contains("hangs");
    }

    private Check silent(long pid) throws UnreachableException {
        List<Check> checks = new Doctor(fake.proc(), any -> {
                    throw new IOException("no answer");
                })
                .examine(pid);
        assertThat(failed(checks)).containsExactly("answer");
        return checks.get(checks.size() - 1);
    }

    private List<Check> examine(long pid) throws UnreachableException {
        return new Doctor(fake.proc(), any -> properties).examine(pid);
    }

    private static List<String> failed(List<Check> checks) {
        return checks.stream().filter(Check::isFailed).map(Check::subject).toList();
    }

    private static String found(String subject, List<Check> checks) {
        return checks.stream()
                .filter(check -> check.subject().equals(subject))
                .findFirst()
                .orElseThrow()
                .found();
    }
}
