package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A build that is gated by the packaged command line, before and after a wrapper comes between a file and its socket. */
@Timeout(300)
class CheckIT {
    private static final String RULES = """
            file -> socket stays on sendfile
            file -> socket at iopath.demo.%s.send stays on sendfile
            any -> socket copied bytes per byte sent at most 0.1
            no finding wrapped-channel
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aBuildWithoutTheWrapperPasses() throws Exception {
        Cli check = check("05-bare-channel", "BareChannel");

        assertThat(check.code()).as(check.err() + check.out()).isZero();
        Element suite = suite();
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(check.out()).doesNotContain("::error");
    }

    @Test
    void aWrapperInFrontOfTheSocketFailsTheBuildInEachOfItsReports() throws Exception {
        Cli check = check("04-wrapped-channel", "WrappedChannel");

        assertThat(check.code()).as(check.err() + check.out()).isEqualTo(1);
        Element suite = suite();
        assertThat(suite.getAttribute("failures")).isEqualTo("4");
        NodeList failures = suite.getElementsByTagName("failure");
        assertThat(failures.getLength()).isEqualTo(4);
        assertThat(failures.item(0).getTextContent())
                .contains("rules.txt:1")
                .contains("heap, wrapped-channel (iopath.demo.WrappedChannel$CountingChannel)")
                .contains("Fix: Pass the SocketChannel");
        assertThat(failures.item(1).getTextContent())
                .as("the caller of transferTo, which is not the first frame any more")
                .contains("iopath.demo.WrappedChannel.send");
        assertThat(check.out().lines().filter(line -> line.startsWith("::error file=rules.txt,line=")))
                .hasSize(4);
        assertThat(Files.readString(folder.resolve("summary.md"))).contains("wrapped-channel");
    }

    private Cli check(String demo, String type) throws Exception {
        record(demo);
        Files.writeString(folder.resolve("rules.txt"), RULES.formatted(type));
        return Cli.run(
                folder,
                "check",
                "demo.jfr",
                "--rules",
                "rules.txt",
                "--junit",
                "TEST-iopath.xml",
                "--markdown",
                "summary.md",
                "--github");
    }

    private void record(String demo) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("-javaagent:" + Artefacts.agent() + "=quiet,record=" + folder.resolve("demo.jfr"));
        command.addAll(List.of(
                "-Diopath.demo.bytes=33554432", "-jar", Artefacts.demos().toString(), "run", demo));
        File said = folder.resolve("said").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        assertThat(process.waitFor()).as(Files.readString(said.toPath())).isZero();
    }

    private Element suite() throws Exception {
        File file = folder.resolve("TEST-iopath.xml").toFile();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file)
                .getDocumentElement();
    }
}
