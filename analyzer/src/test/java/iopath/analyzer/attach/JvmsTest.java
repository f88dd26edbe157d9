package iopath.analyzer.attach;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.attach.Jvm.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmsTest {
    private final FakeProc fake;

    JvmsTest(@TempDir Path folder) throws IOException {
        fake = new FakeProc(folder);
    }

    @Test
    void otherProgramsAndIopathItselfAreNoJvms() throws IOException {
        fake.jvm(FakeProc.SELF, 1000, "java", "iopath.Main");
        fake.process(12, 1000, "sleep", "1").write(12, "maps", "7ff-800 r-xp 0 fe:00 42   /lib/libc.so.6\n");
        fake.process(13, 1000); // of the kernel: no command line
        fake.write(13, "cmdline", "");
        fake.jvm(14, 1000, "java", "A").status(14, 1000, "Z", "14");
        fake.jvm(130, 1000, "java", "B");
        fake.jvm(21, 1000, "java", "C");

        assertThat(jvms().list()).extracting(Jvm::mainClass).containsExactly("C", "B");
    }

    @ParameterizedTest
    @CsvSource({
        "-cp a:b com.example.Main x, com.example.Main",
        "-Xmx1g -jar /opt/app/app.jar -jar other, app.jar",
        "--add-opens java.base/java.nio=ALL-UNNAMED --module-path m -m mod/com.example.Main, com.example.Main",
        "--class-path=a @arguments, java",
        "@arguments com.example.Main, java",
        "-Dx=y Hello.java, Hello.java",
        "-version, java"
    })
    void theMainClassIsBehindTheOptions(String line, String main) throws IOException {
        fake.jvm(12, 1000, ("java " + line).split(" "));

        assertThat(jvm(12).mainClass()).isEqualTo(main);
    }

    @Test
    void theVersionComesFromTheTargetsOwnRoot() throws IOException {
        fake.jvm(12, 1000, "java", "A");

        assertThat(jvm(12).version()).isEqualTo("17.0.1");
        assertThat(jvm(12).feature()).isEqualTo(17);
    }

    @Test
    void anUpgradedJdkIsStillAJvm() throws IOException {
        fake.jvm(12, 1000, "java", "A")
                .write(12, "maps", "7ff-800 r-xp 0 fe:00 42      /opt/jdk/lib/server/libjvm.so (deleted)\n");

        assertThat(jvm(12).kind()).isEqualTo(Kind.HOTSPOT);
    }

    @Test
    void openJ9IsNotTakenForHotSpot() throws IOException {
        fake.jvm(12, 1000, "java", "A")
                .write(
                        12,
                        "maps",
                        "7ff-800 r-xp 0 fe:00 42      /opt/jdk/lib/server/libjvm.so\n"
                                + "800-801 r-xp 0 fe:00 43      /opt/jdk/lib/default/libj9vm29.so\n");

        assertThat(jvm(12).kind()).isEqualTo(Kind.OPENJ9);
        assertThat(jvm(12).refusal()).isEqualTo("OpenJ9");
    }

    @Test
    void anotherUsersJvmIsKnownByTheNamesOfItsThreads() throws IOException {
        fake.jvm(12, 1001, "/usr/bin/jsvc", "A").hide(12, "maps", "exe").write(12, "task/13/comm", "VM Thread\n");
        fake.jvm(14, 1001, "/opt/j9/bin/java", "A").hide(14, "maps", "exe");
        fake.jvm(15, 1001, "/opt/other", "A").hide(15, "maps", "exe").write(15, "task/15/comm", "other\n");

        assertThat(jvm(12).kind()).isEqualTo(Kind.HOTSPOT);
        assertThat(jvm(12).refusal()).isEqualTo("other user");
        assertThat(jvm(14).kind()).isEqualTo(Kind.HIDDEN);
        assertThat(jvms().find(15)).isEmpty();
    }

    @Test
    void aJvmThatIsPartOfItsLauncherIsKnownByItsThreads() throws IOException {
        fake.jvm(12, 1000, "/opt/static/java", "A")
                .write(12, "maps", "7ff-800 r-xp 0 fe:00 42      /opt/static/java\n")
                .write(12, "task/13/comm", "VM Thread\n");

        assertThat(jvm(12).kind()).isEqualTo(Kind.HOTSPOT);
    }

    @Test
    void rootMayAttachToAll() throws IOException {
        fake.status(FakeProc.SELF, 0, "R", "7").jvm(12, 1001, "java", "A");

        assertThat(jvm(12).refusal()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_TOOL_OPTIONS=-Dx='a b' -XX:+DisableAttachMechanism, -Dy, disabled",
        "X=-XX:+DisableAttachMechanism, -Dy, ",
        "JDK_JAVA_OPTIONS=-XX:+DisableAttachMechanism, -XX:-DisableAttachMechanism, ",
        "_JAVA_OPTIONS=-XX:+DisableAttachMechanism, -XX:-DisableAttachMechanism, disabled",
        "X=, -XX:-EnableDynamicAgentLoading, agents refused",
    })
    void theLastOptionCountsWhereverItIs(String environment, String option, String refusal) throws IOException {
        fake.jvm(12, 1000, "java", option, "A").write(12, "environ", "PATH=/bin\0" + environment + "\0");

        assertThat(jvm(12).refusal()).isEqualTo(refusal);
    }

    @Test
    void anArgumentsFileLeavesTheOptionsOpen() throws IOException {
        fake.jvm(12, 1000, "java", "A").jvm(13, 1000, "java", "@file", "A");

        assertThat(jvm(12).options().isComplete()).isTrue();
        assertThat(jvm(13).options().isComplete()).isFalse();
    }

    @Test
    void theAgentIsSeenOnTheCommandLineAndAmongOpenFiles() throws IOException {
        fake.jvm(11, 1000, "java", "-cp", "iopath-agent.jar:x", "A");
        fake.jvm(12, 1000, "java", "-javaagent:/x/iopath-agent.jar=quiet", "-javaagent:other.jar", "A");
        fake.jvm(13, 1000, "java", "A").descriptors(13, List.of("/tmp/iopath-agent-0.1.0-1000.jar (deleted)"));

        assertThat(jvms().list()).extracting(Jvm::hasIopath).containsExactly(false, true, true);
    }

    @Test
    void aStoppedJvmIsNotAttachable() throws IOException {
        fake.jvm(12, 1000, "java", "A").status(12, 1000, "T", "12");

        assertThat(jvm(12).refusal()).isEqualTo("stopped");
    }

    private Jvms jvms() {
        return new Jvms(fake.proc());
    }

    private Jvm jvm(long pid) {
        return jvms().find(pid).orElseThrow();
    }
}
