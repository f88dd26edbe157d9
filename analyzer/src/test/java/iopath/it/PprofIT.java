package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import iopath.analyzer.render.PprofProfile;
import iopath.analyzer.summarize.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Go's pprof makes of the profiles written for it. */
@Timeout(120)
class PprofIT {
    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void pprof() throws InterruptedException {
        try {
            assumeTrue(new ProcessBuilder("go", "version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0);
        } catch (IOException e) {
            Missing.say("no go here, so no pprof read a profile: apt-get install golang-go");
            assumeTrue(false);
        }
    }

    @Test
    void bytesAreShownFirstAndTheCopiesWhenAskedFor() throws Exception {
        Path file = profile();

        assertThat(pprof("-top", "-unit=B", file))
                .contains("Type: bytes\n")
                // What stays in the kernel weighs nothing in the other.
                .containsPattern("9000B +75\\.00% .* a\\.B\\.kernel\n")
                .containsPattern("3000B +25\\.00% .* a\\.B\\.loop\n");
        assertThat(pprof("-top", "-unit=B", "-sample_index=copied_bytes", file))
                .contains("Type: copied_bytes\n")
                .containsPattern("12000B +100% .* a\\.B\\.loop\n")
                .doesNotContainPattern("[1-9][0-9]*B .* a\\.B\\.kernel");
    }

    @Test
    void theLinesAndTheVerdictAreThere() throws Exception {
        Path file = profile();

        assertThat(pprof("-top", "-lines", file)).containsPattern(" a\\.B\\.loop ?:7\n");
        assertThat(pprof("-comments", file)).contains("All of the 3.00 kB");
    }

    @Test
    void samplesCanBePickedByEachLabel() throws Exception {
        Path file = profile();

        assertThat(pprof("-tags", "-unit=B", file))
                .contains(" path: ", " reason: ", " source: ", " sink: ", " evidence: ")
                .containsPattern("9000\\.0B \\( *75\\.00%\\): sendfile");
        assertThat(pprof("-top", "-unit=B", "-tagfocus=path=heap", file))
                .containsPattern("% +a\\.B\\.loop\n")
                .doesNotContainPattern("% +a\\.B\\.kernel\n");
        assertThat(pprof("-top", "-unit=B", "-tagignore=reason=read-write-loop", file))
                .containsPattern("% +a\\.B\\.kernel\n")
                // The verdict, which is printed as well, names it.
                .doesNotContainPattern("% +a\\.B\\.loop\n");
    }

    @Test
    void hostileNamesAreReadAsTheyAreWritten() throws Exception {
        // What is in angle brackets pprof leaves out, as arguments of a template.
        String name = "a.B\"'\\\u00e9\u4e2d\u202e\u001b[2J" + "x".repeat(4_096);
        Path file = Files.write(
                folder.resolve("hostile.pb.gz"),
                PprofProfile.of(new Events()
                        .sample(List.of(name), name, "file:/a > socket:s", "heap", name, 3_000, 1, 0)
                        .profile()));

        assertThat(pprof("-raw", file))
                .contains("a.B\"'\\\u00e9\u4e2d\\u202e\\u001b[2Jxxx")
                .containsPattern(" 3000 +12000: 1")
                .doesNotContain("\u001b", "\u202e");
    }

    private Path profile() throws IOException {
        return Files.write(
                folder.resolve("profile.pb.gz"),
                PprofProfile.of(new Events()
                        .transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 3_000)
                        .sample("a.B.loop:7", "file:/a > socket:s", "heap", "read-write-loop", 3_000, 1, 0)
                        .sample("a.B.kernel:9", "file:/a > socket:s", "sendfile", "none", 9_000, 2, 0)
                        .profile()));
    }

    private String pprof(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("go", "tool", "pprof"));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PPROF_TMPDIR", folder.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s", Files.readString(err)).isZero();
        return said;
    }
}
