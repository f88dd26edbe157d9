package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import iopath.analyzer.event.Reading;
import iopath.analyzer.event.Route;
import iopath.analyzer.event.TransferTotals;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Events events = new Events();

    @Test
    void readsThatArePassedOnLaterAreNotCountedTwice() {
        events.transfer("file:/a > memory", "heap", "none", "none", 2, 100)
                .transfer("file:/a > memory", "heap", "none", "none", 2, -60)
                .transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 60);

        Profile profile = events.profile();

        assertThat(profile.transfers())
                .extracting(Transfer::sink, Transfer::bytes)
                .containsExactly(tuple("socket", 60L), tuple("memory", 40L));
        assertThat(profile.summary().copied()).isEqualTo(60 * 4 + 40 * 2);
    }

    @Test
    void readsBeforeTheRecordingTakeNothingFromAnotherFile() {
        events.transfer("file:/early > memory", "heap", "none", "none", 2, -100)
                .transfer("file:/late > memory", "heap", "none", "none", 2, 300);

        assertThat(events.profile().transfers())
                .singleElement()
                .extracting(Transfer::bytes)
                .isEqualTo(300L);
    }

    @Test
    void refusedCallsAreNotLostWithTheirZeroBytes() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "would-block", "kernel", 0, 0, 0, 900)
                .transfer("file:/a > socket:s", "sendfile", "none", null, "kernel", 0, 0, 0, 0);

        assertThat(events.profile().transfers())
                .singleElement()
                .extracting(Transfer::detail, Transfer::calls)
                .containsExactly("would-block", 900L);
    }

    @Test
    void rowsMergeByKindAndNeverAcrossCopies() {
        events.transfer("file:/a > socket:s", "tls", "tls", "tls-wrap", 4, 10)
                .transfer("file:/b > socket:t", "tls", "tls", "tls-wrap", 4, 20)
                .transfer("file:/b > socket:t", "tls", "tls", "tls-wrap", 2, 5);

        assertThat(events.profile().transfers())
                .extracting(Transfer::bytes, Transfer::cpuCopies)
                .containsExactly(tuple(30L, 4), tuple(5L, 2));
    }

    @Test
    void eachByteIsInTheSumsThatTheContractNames() {
        events.transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 1)
                .transfer("file:/a > file:b", "copy-file-range", "none", "kernel", 1, 20)
                .transfer("file:/a > socket:s", "splice", "none", "kernel", 0, 300)
                .transfer("file:/a > socket:s", "heap", "stream-loop", "same-bytes", 4, 4_000)
                .transfer("file:/a > socket:s", "tls", "tls", "tls-wrap", 2, 50_000)
                .transfer("file:/a > socket:s", "unknown", "unknown", "same-call", 0, 600_000)
                .transfer("file:/a > socket:s", "heap", "unknown", "same-thread", 4, 7_000_000)
                .transfer("memory > socket:s", "direct", "none", "none", 1, 80_000_000)
                .transfer("socket:s > memory", "unknown", "unknown", "none", 0, 900_000_000);

        Summary summary = events.profile().summary();

        assertThat(summary.transferred()).isEqualTo(654_321);
        assertThat(summary.kernel()).isEqualTo(321);
        assertThat(summary.userSpace()).isEqualTo(54_000);
        assertThat(summary.inferred()).isEqualTo(7_000_000);
        assertThat(summary.memory()).isEqualTo(980_000_000);
        assertThat(summary.unknown()).isEqualTo(900_600_000);
        assertThat(summary.copied()).isEqualTo(20 + 16_000 + 100_000 + 28_000_000 + 80_000_000);
        assertThat(summary.moved()).isEqualTo(987_654_321);
    }

    @Test
    void aMappedFileIsAnEndpointThoughNoCallReadsIt() {
        events.transfer("file:/a > socket:s", "mapped", "read-write-loop", "same-buffer", 1, 100)
                .io("socket:s", "write", "mapped", 100, 1, 1);

        assertThat(events.profile().endpoints())
                .containsExactlyInAnyOrder(
                        new EndpointUse("file", "/a", 100, 0), new EndpointUse("socket", "s", 0, 100));
    }

    @Test
    void aMappedFileIsAnEndpointThoughNoCallWritesIt() {
        events.transfer("socket:s > file:/a", "mapped", "read-write-loop", "same-buffer", 1, 100)
                .io("socket:s", "read", "mapped", 100, 1, 1);

        assertThat(events.profile().endpoints())
                .containsExactlyInAnyOrder(
                        new EndpointUse("file", "/a", 0, 100), new EndpointUse("socket", "s", 100, 0));
    }

    @Test
    void aCallIntoAMappingIsNotCountedAgain() {
        events.transfer("file:/a > file:/b", "mapped", "append-target", "same-call", 1, 100)
                .io("file:/b", "write", "mapped", 100, 1, 1);

        assertThat(events.profile().endpoints())
                .containsExactlyInAnyOrder(
                        new EndpointUse("file", "/a", 100, 0), new EndpointUse("file", "/b", 0, 100));
    }

    @Test
    void aCorrectionIsTakenFromTheReadersSiteInEitherOrder() {
        events.sample("a.Reader.read:1", "file:/a > memory", "heap", "none", 100, 1, 0)
                .sample("a.Writer.write:2", "file:/a > memory", "heap", "none", -100, 3, 1)
                .sample("a.Writer.write:2", "file:/a > memory", "heap", "none", -50, 4, 2)
                .sample("a.Reader.read:1", "file:/a > memory", "heap", "none", 70, 2, 0)
                .sample("a.Writer.write:2", "file:/a > socket:s", "heap", "read-write-loop", 150, 5, 0);

        assertThat(events.profile().sites())
                .containsExactly(
                        new Site("a.Writer.write:2", "file", "socket", "heap", "read-write-loop", 150),
                        new Site("a.Reader.read:1", "file", "memory", "heap", "none", 20));
    }

    @Test
    void aCorrectionIsNotTakenFromASampleOfAnotherJvm() {
        events.sample("a.A.a:1", "file:/a > memory", "heap", "none", 100, 1, 0)
                .file()
                .sample("b.B.b:1", "file:/a > memory", "heap", "none", -100, 2, 1);

        assertThat(events.profile().sites()).extracting(Site::frame).containsExactly("a.A.a:1");
    }

    @Test
    void sitesShareTheExactBytesOfTheirKindToTheByte() {
        events.transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 600)
                .transfer("file:/b > socket:s", "heap", "read-write-loop", "same-call", 4, 400)
                .sample("a.A.send:1", "file:/a > socket:s", "heap", "read-write-loop", 900, 1, 0)
                .sample("b.B.send:1", "file:/a > socket:s", "heap", "read-write-loop", 450, 2, 0)
                .sample("c.C.send:1", "file:/b > socket:s", "heap", "read-write-loop", 450, 3, 0)
                .sample("c.C.send:1", "file:/b > socket:s", "sendfile", "none", 70, 4, 0);

        Profile profile = events.profile();

        assertThat(profile.sites())
                .containsExactly(
                        new Site("a.A.send:1", "file", "socket", "heap", "read-write-loop", 500),
                        new Site("b.B.send:1", "file", "socket", "heap", "read-write-loop", 250),
                        new Site("c.C.send:1", "file", "socket", "heap", "read-write-loop", 250),
                        new Site("c.C.send:1", "file", "socket", "sendfile", "none", 70));
        assertThat(profile.stacks()).extracting(Stack::copiedBytes).containsExactly(2000L, 1000L, 1000L, 0L);
    }

    @Test
    void bytesOfOneRecordingAreNotSharedByTheSamplesOfAnother() {
        events.transfer("file:/a > socket:s", "heap", "none", "same-buffer", 4, 1000)
                .sample("a.A.send:1", "file:/a > socket:s", "heap", "none", 10, 1, 0)
                .file()
                .transfer("file:/a > socket:s", "heap", "none", "same-buffer", 4, 10)
                .sample("b.B.send:1", "file:/a > socket:s", "heap", "none", 990, 1, 0);

        assertThat(events.profile().sites()).extracting(Site::bytes).containsExactly(1000L, 10L);
    }

    @Test
    void threeSitesShareWhatThreeDoesNotDivide() {
        events.transfer("file:/a > socket:s", "heap", "none", "same-buffer", 4, 1000);
        for (int i = 0; i < 3; i++) {
            events.sample("a.A.send:" + i, "file:/a > socket:s", "heap", "none", 7, i + 1, 0);
        }

        assertThat(events.profile().sites()).extracting(Site::bytes).containsExactlyInAnyOrder(333L, 333L, 334L);
    }

    @Test
    void samplesWithoutApplicationFrameAreShownAsThat() {
        events.sample(null, "file:/a > socket:s", "heap", "none", 100, 1, 0)
                .sample("a.B.c:1", "file:/a > socket:s", "sendfile", "none", 0, 2, 0);

        assertThat(events.profile().sites()).extracting(Site::frame).containsExactly("(no application frame)");
    }

    @Test
    void theLastWordOnAHookCountsAndTheWorstOfSeveralJvms() {
        events.hook("a", "failed", "x")
                .hook("a", "applied", null)
                .hook("b", "failed", "y")
                .file()
                .hook("b", "applied", null);

        assertThat(events.profile().hooks())
                .containsExactly(new Hook("a", "applied", null), new Hook("b", "failed", "y"));
    }

    @Test
    void runningTotalsAreNotAddedUpOverChunks() {
        events.agent(1, 10, 1, 5, 2)
                .agent(1, 30, 3, 5, 2)
                .file()
                .agent(2, 0, 0, 0, 0)
                .agent(2, 7, 0, 1, 1);

        Blind blind = events.profile().blind();

        assertThat(blind.samples()).isEqualTo(20 + 7);
        assertThat(blind.samplesDropped()).isEqualTo(2);
        assertThat(blind.rowsFolded()).isEqualTo(6);
        assertThat(blind.linksLost()).isEqualTo(1);
    }

    @Test
    void jvmsAreNamedByTheAgentAndElseByTheJvm() {
        events.jvm("17.0.1", 4711, "ignored.Main")
                .agent(4711, 0, 0, 0, 0)
                .file()
                .jvm("25.0.3", 2, "other.Main");

        assertThat(events.profile().recording().jvms())
                .containsExactly(
                        new Recording.Process("17.0.15", 4711L, "com.example.Server", "0.1"),
                        new Recording.Process("25.0.3", 2L, "other.Main", null));
    }

    @Test
    void theOrderOfEventsDoesNotShow() {
        Profile profile = Events.ofEachKind().profile();

        for (int seed = 0; seed < 20; seed++) {
            Profile shuffled = Events.ofEachKind().shuffled(seed);
            assertThat(shuffled.transfers()).isEqualTo(profile.transfers());
            assertThat(shuffled.io()).isEqualTo(profile.io());
            assertThat(shuffled.endpoints()).isEqualTo(profile.endpoints());
            assertThat(shuffled.sites()).isEqualTo(profile.sites());
            assertThat(shuffled.findings()).isEqualTo(profile.findings());
            assertThat(shuffled.verdict()).isEqualTo(profile.verdict());
        }
    }

    @Test
    void aLongListEndsInOneRowThatKeepsTheSums() {
        for (int i = 0; i < 1000; i++) {
            events.io("file:/" + i, "read", "heap", 10, 1, 1)
                    .sample("a.B.c:" + i, "file:/a > memory", "heap", "none", 10, i + 1, 0);
        }

        Profile profile = events.profile();

        assertThat(profile.endpoints())
                .hasSize(200)
                .last()
                .extracting(EndpointUse::name)
                .isEqualTo("(other)");
        assertThat(profile.endpoints()).extracting(EndpointUse::readBytes).satisfies(TallyTest::sumTo10000);
        assertThat(profile.sites()).hasSize(200).last().extracting(Site::frame).isEqualTo("(other)");
        assertThat(profile.sites()).extracting(Site::bytes).satisfies(TallyTest::sumTo10000);
    }

    private static void sumTo10000(List<? extends Long> values) {
        assertThat(values.stream().mapToLong(Long::longValue).sum()).isEqualTo(10_000);
    }

    @Test
    void endlessNamesFillNoMemoryAndLoseNoBytes() {
        Tally tally = new Tally();
        for (int i = 0; i < 120_000; i++) {
            Route route = new Route(
                    new iopath.analyzer.event.Endpoint("file", "/" + i),
                    new iopath.analyzer.event.Endpoint("memory", null),
                    "heap",
                    "none",
                    null,
                    "none",
                    2,
                    0);
            tally.transfer(new TransferTotals(route, 1, 1, 1, 1));
        }

        Profile profile = tally.profile(new Reading(List.of("a"), 0, 1, List.of(), List.of()));

        assertThat(profile.summary().memory()).isEqualTo(120_000);
        assertThat(profile.blind().namesFolded()).isEqualTo(70_000);
    }

    @Test
    void impossibleAmountsStopAtTheEndOfLong() {
        events.transfer("file:/a > socket:s", "heap", "none", "same-call", Integer.MAX_VALUE, Long.MAX_VALUE)
                .transfer("file:/b > socket:s", "heap", "none", "same-call", 4, Long.MAX_VALUE);

        assertThat(events.profile().summary().copied()).isEqualTo(Long.MAX_VALUE);
        assertThat(Saturated.add(Long.MIN_VALUE, -1)).isEqualTo(Long.MIN_VALUE);
        assertThat(Saturated.times(Long.MAX_VALUE, -2)).isEqualTo(Long.MIN_VALUE);
        assertThat(Saturated.times(-3, 2)).isEqualTo(-6);
    }
}
