package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/findings.md} is made of the codes and of what findings say; {@code -Dpages=write} writes it anew. */
class FindingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "findings.md");
    private static final String BEGIN = "<!-- made by FindingsPageTest from here -->";

    private static final Map<String, Set<String>> FIXES = fixes();

    @Test
    void everyFindingHasItsPlaceOnThePageAndEveryPlaceItsFinding() {
        assertThat(FIXES.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Code.values()).map(Code::text).toList());
    }

    @Test
    void thePageIsNotStale() throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int begin = page.indexOf(BEGIN);
        assertThat(begin).as("the line '" + BEGIN + "' in docs/findings.md").isNotNegative();
        String made = page.substring(0, begin) + BEGIN + "\n" + sections();
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(PAGE, made, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
                .as("docs/findings.md; mvn -pl agent,analyzer test -Dtest=FindingsPageTest -Dpages=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false writes it anew")
                .isEqualTo(made);
    }

    @Test
    void noSentenceIsTooLongToBeReadOnce() {
        for (Code code : Code.values()) {
            assertThat(code.meaning()).endsWith(".");
            assertThat(code.check()).endsWith(".");
            assertThat((code.meaning() + " " + code.check()).split("(?<=[.:;]) "))
                    .allMatch(sentence -> sentence.split(" ").length <= 25, "has at most 25 words");
        }
    }

    private static String sections() {
        List<String> lines = new ArrayList<>();
        for (Code code : Code.values()) {
            lines.add("");
            lines.add("## " + code.text());
            lines.add("");
            lines.add(code.meaning());
            lines.add("");
            for (String fix : FIXES.getOrDefault(code.text(), Set.of())) {
                lines.add("* Fix: " + fix);
            }
            lines.add("* Check: " + code.check() + " In a build: `no finding " + code.text() + "`.");
        }
        return String.join("\n", lines) + "\n";
    }

    /** The fixes of each code, in the order of the examples; each example's profile may have several findings. */
    private static Map<String, Set<String>> fixes() {
        Map<String, Set<String>> fixes = new TreeMap<>();
        for (Events example : examples()) {
            for (Finding finding : example.profile().findings()) {
                fixes.computeIfAbsent(finding.code(), code -> new LinkedHashSet<>())
                        .add(finding.fix().replace("|", "\\|"));
            }
        }
        return fixes;
    }

    private static List<Events> examples() {
        List<Events> all = new ArrayList<>();
        for (String reason : List.of(
                "read-write-loop",
                "stream-loop",
                "wrapped-channel",
                "append-target",
                "kernel-refused",
                "tls",
                "not-a-regular-file",
                "small-transfer",
                "modified",
                "a-reason-of-tomorrow")) {
            all.add(example(reason, null));
        }
        all.add(moved("file:/a > socket:s", "mapped", "read-write-loop", null, "same-buffer"));
        all.add(moved("socket:s > file:/a", "heap", "read-write-loop", null, "same-buffer"));
        all.add(example("wrapped-channel", "java.nio.channels.Channels$WritableByteChannelImpl"));
        all.add(example(
                "wrapped-channel", "io.netty.channel.epoll.AbstractEpollStreamChannel$EpollSocketWritableByteChannel"));
        all.add(example("kernel-refused", "cross-device"));
        all.add(example("kernel-refused", "same-file"));
        all.add(example("kernel-refused", "poisoned"));
        all.add(moved("socket:s > file:/a", "heap", "no-jdk-path", null, "same-call"));
        all.add(moved("socket:s > file:/a", "heap", "no-jdk-path", null, "same-buffer"));
        all.add(moved("socket:s > file:/a", "direct", "no-jdk-path", null, "same-buffer"));
        all.add(example("no-jdk-path", null));
        all.add(example("read-write-loop", "sent-again"));
        all.add(moved("socket:s > socket:t", "heap", "read-write-loop", "sent-again", "same-buffer"));
        all.add(new Events()
                .transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 700_000)
                .transfer("file:/a > socket:s", "sendfile", "none", "would-block", "kernel", 0, 0, 0, 40_000));
        all.add(new Events().io("socket:s", "write", "direct", 1_000_000, 10_000, 200_000));
        all.add(new Events()
                .transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 700_000)
                .transfer("file:/a > socket:s", "sendfile", "none", "end-of-file", "kernel", 0, 0, 0, 40_000));
        all.add(new Events().io("file:/a", "read", "heap", 1_000_000, 10, 20_000));
        all.add(new Events()
                .transfer("file:/a > socket:s", "sendfile", "none", "cut-at-limit", "kernel", 0, 2_147_479_552L, 1, 1));
        all.add(new Events()
                .copiedInVain("memory > socket:s", "heap", 2, 33_000_000, 4_000_000_000L)
                .io("socket:s", "write", "heap", 33_000_000, 400, 600));
        all.add(new Events().io("file:/a", "read", "heap", 512_000, 1000, 1000));
        all.add(new Events().io("file:/a", "write", "heap", 512_000, 1000, 1000));
        all.add(moved("file:/a > socket:s", "heap", "unknown", null, "same-thread"));
        all.add(moved("memory > socket:s", "unknown", "unknown", null, "none"));
        all.add(new Events().hook("a.B.c", "failed", "why").hook("a.B.d", "absent", "why"));
        all.add(new Events().suppressed("a.B.c", "java.lang.StackOverflowError", 2));
        all.add(new Events().agent(1, 0, 0, 0, 0).agent(1, 40, 2, 3, 4));
        all.add(new Events().agent(1, 0, 0, 0, 0).warning("a part was cut"));
        all.add(new Events().caution("stopped"));
        all.add(new Events());
        return all;
    }

    private static Events example(String reason, @Nullable String detail) {
        return moved("file:/a > socket:s", "heap", reason, detail, "same-buffer");
    }

    private static Events moved(String route, String path, String reason, @Nullable String detail, String evidence) {
        return new Events().transfer(route, path, reason, detail, evidence, 4, 1000, 2, 2);
    }
}
