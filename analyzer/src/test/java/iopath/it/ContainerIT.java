package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import iopath.it.Jdks.Jdk;
import iopath.it.Report.Row;
import iopath.it.attach.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** A JVM in a container: another root, another process namespace, another user, nothing to write to but {@code /tmp}. */
class ContainerIT {

    private static final String IMAGE = "iopath-it:jdk21";
    private static final String USER = "4711:4711";
    private static final String JAVA = "/usr/lib/jvm/java-21-openjdk-amd64/bin/java";

    @TempDir
    private Path folder = Path.of("");

    /** No image can be pulled: this one is made of the JDK 21 that has a root folder of its own. */
    @BeforeAll
    static void image() throws IOException, InterruptedException {
        if (run("docker", "info") != 0) {
            Missing.say("no Docker engine here: start dockerd");
            Assumptions.abort("no Docker engine");
        }
        Optional<Jdk> jdk = Jdks.present().stream()
                .filter(found -> found.version() == 21 && !found.root().isEmpty())
                .findFirst();
        if (jdk.isEmpty()) {
            Missing.say("no root folder of JDK 21 here to make an image of: run .ci/jdk21");
            Assumptions.abort("no image");
            return;
        }
        // What a JRE lacks stays out.
        String pack =
                "tar -C '" + jdk.get().root() + "' --exclude=./proc --exclude=./sys --exclude=./dev --exclude=./tmp"
                        + " --exclude='./usr/lib/jvm/*/bin/j[a-z]*[^a]' --exclude='./usr/lib/jvm/*/jmods' --one-file-system -c ."
                        + " | docker import - " + IMAGE;
        assertThat(run("sh", "-c", "docker image inspect " + IMAGE + " >/dev/null 2>&1 || { " + pack + "; }"))
                .isZero();
    }

    @Test
    void recordsAContainerOfAnotherUserWithAReadOnlyRootFromTheHost() throws Exception {
        try (GenericContainer<?> service = service()) {
            service.start();
            long pid = service.getContainerInfo().getState().getPidLong();
            Path recording = folder.resolve("container.jfr");

            Cli cli = Cli.run(
                    folder,
                    "record",
                    "" + pid,
                    "--duration",
                    "2s",
                    "--output",
                    recording.toString(),
                    "--report",
                    "none");

            assertThat(cli.code()).as(cli.err()).isZero();
            assertIsOurService(Report.of(recording));
            assertThat(Files.list(Path.of("/proc/" + pid + "/root/tmp"))
                            .map(Path::getFileName)
                            .map(Path::toString))
                    .noneMatch(name -> name.startsWith("iopath-") && !name.startsWith("iopath-service"));
        }
    }

    @Test
    void recordsFromASidecarThatSharesTheProcessNamespace() throws Exception {
        try (GenericContainer<?> service = service()) {
            service.start();
            Path out = Files.createDirectory(folder.resolve("out"));
            Files.setPosixFilePermissions(out, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
            Path jar = folder.resolve("iopath.jar");
            Files.copy(Artefacts.analyzer(), jar);
            try (GenericContainer<?> sidecar = container(
                    Map.of(jar.toString(), "/iopath.jar", out.toString(), "/out"),
                    "-jar",
                    "/iopath.jar",
                    "record",
                    "1",
                    "--duration",
                    "2s",
                    "--output",
                    "/out/sidecar.jfr",
                    "--report",
                    "none")) {
                sidecar.withCreateContainerCmdModifier(
                        create -> create.getHostConfig().withPidMode("container:" + service.getContainerId()));
                // The end of its only command counts as its start; on a busy machine that takes long.
                sidecar.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(Duration.ofMinutes(5)));
                try {
                    sidecar.start();
                } catch (RuntimeException e) {
                    throw new AssertionError(
                            e + ", caused by " + e.getCause() + "; the sidecar said: " + logs(sidecar)
                                    + "; the service " + (service.isRunning() ? "runs" : "ended") + " and said: "
                                    + logs(service),
                            e);
                }
            }
            Path recording = folder.resolve("copy.jfr");
            Files.copy(out.resolve("sidecar.jfr"), recording);
            assertIsOurService(Report.of(recording));
        }
    }

    private static void assertIsOurService(Report report) {
        assertThat(report.transfers())
                .extracting(Row::withoutBytes)
                .contains(new Row("file", "socket", "sendfile", "none", null, "kernel", 0));
        assertThat(report.frames()).anyMatch(frame -> frame.startsWith("iopath.it.attach.Service.serve"));
    }

    /** A service that has what it needs and no more. */
    private static GenericContainer<?> service() {
        return container(
                        Map.of(Artefacts.scenarios().toString(), "/classes"),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        "/classes",
                        Service.class.getName(),
                        // One client: more of them keep a small host from everybody else for minutes.
                        "1")
                .waitingFor(Wait.forLogMessage("ready\\s*", 1));
    }

    private static GenericContainer<?> container(Map<String, String> mounts, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(Arrays.asList(arguments));
        return new GenericContainer<>(IMAGE)
                .withCommand(command.toArray(String[]::new))
                .withTmpFs(Map.of("/tmp", "rw,mode=1777"))
                .withCreateContainerCmdModifier(create -> {
                    create.withUser(USER).withStdinOpen(true).withNetworkMode("none");
                    create.getHostConfig()
                            .withNetworkMode("none")
                            .withReadonlyRootfs(true)
                            .withBinds(mounts.entrySet().stream()
                                    .map(mount -> new Bind(
                                            mount.getKey(),
                                            new Volume(mount.getValue()),
                                            mount.getValue().equals("/out") ? AccessMode.rw : AccessMode.ro))
                                    .toList());
                });
    }

    private static String logs(GenericContainer<?> container) {
        return container.getContainerId() == null
                ? "(not created)"
                : container.getLogs(OutputType.STDERR, OutputType.STDOUT).strip();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }
}
