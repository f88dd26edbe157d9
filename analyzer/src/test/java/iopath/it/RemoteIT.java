package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Jdks.Jdk;
import iopath.it.Report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is recorded through its JMX port alone. */
@Timeout(300)
class RemoteIT {
    private static final String AGENT = "-javaagent:" + Artefacts.agent() + "=quiet";
    private static final String OPEN = "-Dcom.sun.management.jmxremote.authenticate=false";

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    List<DynamicTest> aJvmWithTheAgentIsRecordedAndKeepsIt() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = service(jdk, own, AGENT, OPEN)) {
                Path file = own.resolve("remote.jfr");

                Cli cli = record(own, Map.of(), "--remote", service.address(), "--output", file.toString());

                assertThat(cli.code()).as(cli.err()).isZero();
                assertIsOurService(file);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertNoRecordingIsLeft(service);
                assertThat(service.property("iopath.agent.status")).startsWith("attached");
                service.end();
            }
        });
    }

    @TestFactory
    List<DynamicTest> anAgentThatWasBroughtIsGoneAfterwards() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = service(jdk, own, OPEN)) {
                Path file = own.resolve("remote.jfr");

                Cli cli = record(
                        own,
                        Map.of(),
                        "--remote",
                        service.address(),
                        "--agent-path",
                        Artefacts.agent().toString(),
                        "--sample",
                        "64k",
                        "--output",
                        file.toString());

                assertThat(cli.code()).as(cli.err()).isZero();
                assertIsOurService(file);
                assertNoRecordingIsLeft(service);
                assertThat(service.property("iopath.agent.status")).startsWith("detached");
                service.end();
            }
        });
    }

    @TestFactory
    List<DynamicTest> aPasswordIsAskedForAndTaken() {
        return Jdks.onEach(folder, (jdk, own) -> {
            Path passwords = secret(own.resolve("passwords"), "someone right\n");
            Path access = secret(own.resolve("access"), "someone readwrite\n");
            try (Target service = service(
                    jdk,
                    own,
                    AGENT,
                    "-Dcom.sun.management.jmxremote.authenticate=true",
                    "-Dcom.sun.management.jmxremote.password.file=" + passwords,
                    "-Dcom.sun.management.jmxremote.access.file=" + access)) {
                String address = service.address();
                Path file = own.resolve("remote.jfr");

                assertRefused(record(own, Map.of(), "--remote", address), 1, "Credentials required");
                assertRefused(
                        record(own, Map.of(), "--remote", address, "--user", "someone"), 2, "IOPATH_JMX_PASSWORD");
                Cli cli = record(
                        own,
                        Map.of("IOPATH_JMX_PASSWORD", "right"),
                        "--remote",
                        address,
                        "--user",
                        "someone",
                        "--output",
                        file.toString());

                assertThat(cli.code()).as(cli.err()).isZero();
                assertIsOurService(file);
            }
        });
    }

    @TestFactory
    List<DynamicTest> whatCannotBeRecordedIsOneLineAndLeavesNothing() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = service(jdk, own, OPEN)) {
                String address = service.address();

                assertRefused(record(own, Map.of(), "--remote", address), 1, "has no iopath agent");
                assertRefused(
                        record(own, Map.of(), "--remote", address, "--agent-path", "/nowhere/iopath-agent.jar"),
                        1,
                        "/nowhere/iopath-agent.jar");
                assertRefused(record(own, Map.of(), "--remote", address, "--sample", "64k"), 2, "--agent-path");
                assertRefused(record(own, Map.of(), "" + service.pid(), "--remote", address), 2, "name one JVM");

                assertNoRecordingIsLeft(service);
                service.end();
            }
        });
    }

    private static Target service(Jdk jdk, Path folder, String... options) throws IOException {
        List<String> all = new ArrayList<>(Target.JMX);
        all.addAll(Arrays.asList(options));
        return new Target(jdk, folder, List.of(), all.toArray(String[]::new));
    }

    private static Path secret(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Cli record(Path folder, Map<String, String> environment, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("record", "--duration", "3s", "--report", "none"));
        all.addAll(Arrays.asList(arguments));
        return Cli.run(folder, environment, all.toArray(String[]::new));
    }

    private static void assertRefused(Cli cli, int code, String why) throws Exception {
        assertThat(cli.code()).as(cli.err()).isEqualTo(code);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("iopath: ").contains(why);
        assertThat(cli.err().lines()).hasSize(1);
    }

    private static void assertIsOurService(Path recording) throws IOException {
        Report report = Report.of(recording);
        assertThat(report.transfers())
                .extracting(Row::withoutBytes)
                .contains(
                        new Row("file", "socket", "sendfile", "none", null, "kernel", 0),
                        new Row("file", "socket", "direct", "read-write-loop", null, "same-buffer", 0));
        assertThat(report.frames()).anyMatch(frame -> frame.startsWith("iopath.it.attach.Service.serve"));
    }

    private static void assertNoRecordingIsLeft(Target service) throws Exception {
        assertThat(service.jcmd("JFR.check")).contains("No available recordings");
    }
}
