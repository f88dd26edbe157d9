package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Jdks.Jdk;
import iopath.it.Target.Moved;
import iopath.it.attach.Idle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A security manager may keep the agent out, and then the application starts; where the agent may work, it is right. */
class SecurityIT {

    /** The last JDK that can have one (JEP 486). */
    private static final int LAST = 23;

    /** All for the agent; for the application what it needs for its own file and sockets, and nothing of procfs. */
    private static final String POLICY = """
            grant codeBase "file:%s" { permission java.security.AllPermission; };
            grant codeBase "file:%s/-" {
              permission java.io.FilePermission "%s/-", "read,write,delete";
              permission java.net.SocketPermission "localhost", "connect,accept,listen,resolve";
            };
            """;

    @TempDir
    private Path folder = Path.of("");

    private static boolean isPossible(Jdk jdk) {
        return jdk.version() <= LAST;
    }

    /** The default policy grants the agent's jar nothing. */
    @TestFactory
    List<DynamicTest> underTheDefaultPolicyTheApplicationStartsWithoutTheAgent() {
        return Jdks.onEach(folder, (jdk, own) -> {
            if (!isPossible(jdk)) {
                return;
            }
            Process java = new ProcessBuilder(
                            jdk.tool("java"),
                            "-Djava.security.manager",
                            "-javaagent:" + Artefacts.agent(),
                            "-cp",
                            Artefacts.scenarios().toString(),
                            Idle.class.getName())
                    .redirectError(own.resolve("err").toFile())
                    .start();
            java.outputWriter(StandardCharsets.US_ASCII).close();
            java.inputReader(StandardCharsets.US_ASCII).lines().forEach(line -> {});
            assertThat(java.waitFor()).as(Files.readString(own.resolve("err"))).isZero();
            assertThat(Files.readAllLines(own.resolve("err")).stream().filter(Predicate.not(SecurityIT::isWarning)))
                    .singleElement()
                    .asString()
                    .startsWith("iopath: ")
                    .contains("AccessControlException")
                    .contains("runs without iopath");
        });
    }

    /** JDK 17 and later say that the security manager will go. */
    private static boolean isWarning(String line) {
        return line.startsWith("WARNING: ");
    }

    @TestFactory
    List<DynamicTest> whatTheApplicationMayNotDoTheAgentStillMay() {
        return Jdks.onEach(folder, (jdk, own) -> {
            if (!isPossible(jdk)) {
                return;
            }
            Path recording = own.resolve("secured.jfr");
            Path temporary = Files.createDirectory(own.resolve("tmp"));
            Path policy = Files.writeString(
                    own.resolve("policy"), POLICY.formatted(Artefacts.agent(), Artefacts.scenarios(), temporary));
            try (Target service = new Target(
                    jdk,
                    own,
                    2,
                    List.of(),
                    "-Djava.security.manager",
                    "-Djava.security.policy==" + policy,
                    "-Djava.io.tmpdir=" + temporary,
                    "-javaagent:" + Artefacts.agent() + "=content=0,record=" + recording)) {
                Moved moved = service.move();
                service.end();
                Report report = Report.of(recording);
                assertThat(report.suppressed()).isZero();
                assertThat(report.verdict()).doesNotContain("lower bound");
                assertThat(report.files().get(moved.file() + " read")).isGreaterThanOrEqualTo(moved.bytes());
                assertThat(report.transfers())
                        .extracting(Report.Row::withoutBytes)
                        .contains(new Report.Row("file", "socket", "sendfile", "none", null, "kernel", 0));
                assertThat(report.brokenHooks()).isEmpty();
            }
        });
    }
}
