package iopath.jmc;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Artefacts;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the packaged agent records of a demo that copies, in a JVM of its own. */
final class RealRecording {
    private static final int PATIENCE_SECONDS = 60;

    private RealRecording() {}

    /** Runs the demo, and returns its recording, made in a folder. */
    static Path in(Path folder) throws IOException, InterruptedException {
        Path recording = folder.resolve("real.jfr");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString()));
        command.add("-javaagent:" + Artefacts.agent() + "=record=" + recording);
        command.addAll(List.of("-cp", demos().toString(), "iopath.demo.Demos", "run", "01-loop-heap"));
        Process demo = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("real.txt").toFile())
                .start();
        try {
            assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            demo.destroyForcibly();
        }
        assertThat(demo.exitValue())
                .as(Files.readString(folder.resolve("real.txt"), Charset.defaultCharset()))
                .isZero();
        return recording;
    }

    private static Path demos() {
        return Artefacts.agent()
                .resolve("../../../demo-apps/target/iopath-demo.jar")
                .normalize();
    }
}
