package iopath.analyzer.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of docs/libraries.md. */
class LibraryTest {
    private static final Set<String> ENDS = Set.of("file", "socket", "pipe", "memory");
    private static final Set<String> PATHS =
            Set.of("sendfile", "copy-file-range", "splice", "mapped", "direct", "heap", "tls", "unknown");
    private static final Set<String> REASONS = Set.of(
            "none",
            "read-write-loop",
            "stream-loop",
            "tls",
            "wrapped-channel",
            "append-target",
            "not-a-regular-file",
            "kernel-refused",
            "no-jdk-path",
            "small-transfer",
            "modified",
            "unknown");
    private static final String FRAMEWORK = "framework";
    private static final Set<String> ROLES =
            Set.of("server", "client", "library", "transport", "transformation", FRAMEWORK);
    private static final Set<String> REMEDIES = Set.of("setting", "call", "none");
    private static final int MOST_WORDS = 25;

    static List<Library> all() {
        return Libraries.known().all();
    }

    @Test
    void theTableDoesNotShrinkToAFew() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void noPrefixAndNoNameBelongsToTwo() {
        assertThat(all().stream().map(Library::name)).doesNotHaveDuplicates();
        assertThat(all().stream().flatMap(library -> library.packages().stream()))
                .doesNotHaveDuplicates()
                .allMatch(prefix -> prefix.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noWordIsOneThatAReportDoesNotKnow(Library library) {
        assertThat(ROLES).contains(library.role());
        for (Advice advice : library.advice()) {
            assertThat(REMEDIES).contains(advice.remedy());
            assertThat(PATHS).containsAll(advice.paths());
            assertThat(advice.reasons()).isNotEmpty().isSubsetOf(REASONS);
            assertThat(advice.flows()).isNotEmpty().allMatch(LibraryTest::isFlow);
        }
    }

    private static boolean isFlow(String flow) {
        String[] ends = flow.split(" to ", -1);
        return flow.equals("any") || ends.length == 2 && ENDS.containsAll(List.of(ends));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noAdviceIsWithoutASourceOrNamesNoSetting(Library library) {
        assertThat(library.advice().isEmpty()).isEqualTo(library.role().equals(FRAMEWORK));
        assertThat(library.advice()).allSatisfy(advice -> {
            assertThat(advice.sources()).isNotEmpty().allMatch(source -> source.startsWith("https://"));
            assertThat(advice.setting() != null).isEqualTo(advice.remedy().equals("setting"));
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void noSentenceIsTooLongToBeReadOnce(Library library) {
        for (Advice advice : library.advice()) {
            assertThat(advice.text()).endsWith(".");
            assertThat(advice.text().split("(?<=[.!?]) (?=[A-Za-z_])"))
                    .allMatch(sentence -> sentence.split(" ").length <= MOST_WORDS, "has at most 25 words");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noAdviceIsHiddenByOneBeforeIt(Library library) {
        List<Advice> before = new ArrayList<>();
        for (Advice advice : library.advice()) {
            assertThat(before).noneMatch(earlier -> covers(earlier, advice));
            before.add(advice);
        }
    }

    private static boolean covers(Advice earlier, Advice later) {
        boolean paths = earlier.paths().isEmpty()
                || !later.paths().isEmpty() && earlier.paths().containsAll(later.paths());
        boolean flows = earlier.flows().contains("any") || earlier.flows().containsAll(new HashSet<>(later.flows()));
        return paths && flows && earlier.reasons().containsAll(later.reasons());
    }

    @ParameterizedTest
    @CsvSource({
        "io.netty.channel.nio.NioEventLoop.run:7, Netty",
        "com.example.shaded.io.netty.channel.nio.NioEventLoop.run:7, Netty",
        "io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoop, gRPC",
        "org.apache.flink.shaded.netty4.io.netty.channel.Channel, Flink",
        "org.apache.http.entity.FileEntity.writeTo, Apache HttpClient 4",
        "org.apache.hadoop.hdfs.server.datanode.BlockSender, HDFS"
    })
    void aLibraryInsideAnotherIsNotTakenForTheWrongOne(String type, String name) {
        assertThat(Libraries.known().of(type)).map(Library::name).contains(name);
    }

    @Test
    void codeOfNoLibraryGetsNoAdvice() {
        assertThat(Libraries.known().of("com.example.Server.send:42")).isEmpty();
        assertThat(Libraries.known().of("io.nettyish.Server.send:42")).isEmpty();
        assertThat(Libraries.known().of("(no application frame)")).isEmpty();
    }

    static Stream<List<String>> broken() {
        String head = "Library: L|Packages: l.|Role: server|Read: 1||";
        String advice = "Flow: any|Reasons: tls|Remedy: none|";
        return Stream.of(
                        "Flow: any",
                        " begins with a blank",
                        "Library: L|Library: M",
                        "Library:",
                        "Library: L|Role: server|Packages: l.|Read: 1",
                        "Library: L|Colour: red",
                        "Library: L",
                        head + advice + "Source: https://a",
                        head + advice + "Fix: A.|Also: B.|Source: https://a",
                        head + advice + "Fix: A.")
                .map(text -> List.of(text.split("\\|", -1)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aMistakeInTheTableIsNotPassedOver(List<String> lines) {
        assertThatThrownBy(() -> LibraryText.parse(lines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line ");
    }
}
