package iopath.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import iopath.it.Missing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each package, unpacked where a path has a blank and a letter that is not ASCII, does what an installed program does. */
@Timeout(300)
class PackagesIT {
    private static final String VERSION = System.getProperty("iopath.version", "");
    private static final int BYTES = 3_000_000;

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void theZipRunsWhereItIsUnpacked() throws Exception {
        Path folder = folder();
        assumeTool("unzip", "-v");
        succeed(run(Map.of(), "unzip", "-q", built("iopath-" + VERSION + ".zip"), "-d", folder.toString()));
        Path home = folder.resolve("iopath-" + VERSION);
        check(home.resolve("bin/iopath"), home.resolve("lib"));
        assertThat(home.resolve("share/man/man1/iopath.1")).isNotEmptyFile();
    }

    @Test
    void theTarRunsWhereItIsUnpacked() throws Exception {
        Path folder = folder();
        assumeTool("tar", "--version");
        succeed(run(Map.of(), "tar", "-xzf", built("iopath-" + VERSION + ".tar.gz"), "-C", folder.toString()));
        Path home = folder.resolve("iopath-" + VERSION);
        check(home.resolve("bin/iopath"), home.resolve("lib"));
        assertThat(home.resolve("README.md")).isNotEmptyFile();
        assertThat(home.resolve("docs/troubleshooting.md")).isNotEmptyFile();
    }

    @Test
    void theDebianPackageRunsFromItsFolders() throws Exception {
        Path folder = folder();
        assumeTool("dpkg-deb", "--version");
        succeed(run(Map.of(), "dpkg-deb", "-x", built("iopath_" + VERSION + "_all.deb"), folder.toString()));
        check(folder.resolve("usr/bin/iopath"), folder.resolve("usr/share/iopath/lib"));
        assertThat(folder.resolve("usr/share/man/man1/iopath.1")).isNotEmptyFile();
        assertThat(folder.resolve("usr/share/zsh/vendor-completions/_iopath")).isNotEmptyFile();
        succeed(run(
                Map.of(),
                "bash",
                "-n",
                folder.resolve("usr/share/bash-completion/completions/iopath").toString()));
    }

    private void check(Path launcher, Path library) throws Exception {
        assertThat(launcher).isExecutable();
        // Without a locale, as a job or a container has it, Java takes names for ASCII.
        for (String locale : List.of("C.UTF-8", "C", "")) {
            Map<String, String> environment = Map.of("LC_ALL", locale, "LANG", "");
            assertThat(succeed(run(environment, launcher.toString(), "--version")))
                    .as("LC_ALL=%s", locale)
                    .isEqualTo("iopath " + VERSION + "\n");
        }
        Path link = temporary.resolve("link");
        Files.createSymbolicLink(link, launcher);
        assertThat(succeed(run(Map.of(), link.toString(), "--version"))).isEqualTo("iopath " + VERSION + "\n");
        Files.delete(link);

        assertThat(succeed(run(Map.of(), launcher.toString(), "manual")))
                .contains(".TH ")
                .contains("iopath");

        Path recording = record(library.resolve("iopath-agent.jar"));
        assertThat(succeed(run(Map.of("LC_ALL", "C"), launcher.toString(), "report", recording.toString())))
                .startsWith("iopath report: ")
                .contains("3.00 MB")
                .contains("file");
    }

    /** A small recording by the agent of the package, in the folder of the package. */
    private Path record(Path agent) throws Exception {
        Path data = Files.write(temporary.resolve("data"), new byte[BYTES]);
        Path recording = agent.resolveSibling("r\u00e9 1.jfr");
        succeed(run(
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-javaagent:" + agent + "=record=" + recording,
                "-cp",
                Path.of(Reader.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                Reader.class.getName(),
                data.toString()));
        assertThat(recording).isNotEmptyFile();
        return recording;
    }

    private Path folder() throws IOException {
        return Files.createDirectory(temporary.resolve("with a blank \u00fc"));
    }

    private static String built(String name) {
        Path file = Path.of("target", name).toAbsolutePath();
        assertThat(file).as("made by mvn -Pdist package").isNotEmptyFile();
        return file.toString();
    }

    private static void assumeTool(String... command) throws InterruptedException {
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            Missing.say("no " + command[0] + " here, so a package was not unpacked");
            assumeTrue(false);
        }
    }

    /** What a program came to. */
    private record Outcome(int code, String out, String err) {}

    private static String succeed(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }

    private Outcome run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        List<String> command = List.of(words);
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Outcome(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
