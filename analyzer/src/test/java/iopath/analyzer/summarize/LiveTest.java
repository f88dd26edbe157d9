package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.TransferSample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTest {
    private static final long SECOND = Seconds.SECOND;

    private final Seconds seconds = new Seconds();

    @Test
    void nothingIsKnownBeforeTheFirstRound() {
        Moment moment = seconds.now();

        assertThat(moment.current()).isFalse();
        assertThat(moment.nanos()).isZero();
        assertThat(moment.flows()).isEmpty();
        assertThat(moment.findings()).isEmpty();
    }

    @Test
    void aRoundIsNotShownBeforeItIsWhole() {
        seconds.copied(1000);

        assertThat(seconds.now().flows()).isEmpty();
        assertThat(seconds.told().now().flows()).hasSize(1);
    }

    @Test
    void amountsAreOfOneSecondHoweverLongARoundWas() {
        seconds.copied(1000).told();
        seconds.pass(SECOND * 5 / 4).copied(5000).told();

        Transfer now = seconds.now().flows().get(0).now();

        assertThat(now.bytes()).isEqualTo(4000);
        assertThat(now.calls()).isEqualTo(2); // 2 in 1.25 s, rounded
    }

    @Test
    void aJitterNeitherDoublesNorHalvesARate() {
        for (int i = 0; i < 8; i++) {
            long length = SECOND + (i % 2 == 0 ? 1 : -1) * SECOND / 50;
            seconds.pass(length).copied(length / 1000).told();

            assertThat(seconds.now().flows().get(0).now().bytes()).isBetween(970_000L, 1_030_000L);
        }
    }

    @Test
    void theHistoryIsExactAndOldestFirst() {
        seconds.copied(100).told();
        seconds.pass(SECOND).copied(200).told();
        seconds.pass(SECOND).copied(300).told();

        assertThat(seconds.now().flows().get(0).history())
                .hasSize(60)
                .endsWith(0L, 100L, 200L, 300L)
                .startsWith(0L, 0L);
    }

    @Test
    void whatWasKeptAndThenPassedOnCountsOnce() {
        seconds.total("file:/a > memory", "heap", "none", "none", 2, 1000).told();
        seconds.pass(SECOND)
                .total("file:/a > memory", "heap", "none", "none", 2, -1000)
                .total("file:/a > socket:b", "heap", "read-write-loop", "same-buffer", 4, 1000)
                .told();

        Moment moment = seconds.now();

        assertThat(moment.summary().moved()).isEqualTo(1000);
        assertThat(moment.flows()).first().satisfies(flow -> {
            assertThat(flow.now().sink()).isEqualTo("socket");
            assertThat(flow.now().bytes()).isEqualTo(1000);
        });
    }

    @Test
    void silenceBecomesZero() {
        seconds.copied(1000).told();
        seconds.idle(2 * SECOND);
        assertThat(seconds.now().summary().moved()).isEqualTo(1000);

        seconds.idle(3 * SECOND);
        Moment later = seconds.now();

        assertThat(later.summary().moved()).isZero();
        assertThat(later.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.now().bytes()).isZero();
            assertThat(flow.history()).contains(1000L);
        });

        seconds.idle(100 * SECOND);
        assertThat(seconds.now().flows()).isEmpty();
    }

    @Test
    void aRoundAfterSilenceIsOfItsOwnSecond() {
        seconds.copied(1000).told();
        seconds.pass(30 * SECOND).copied(1000).told();

        assertThat(seconds.now().summary().moved()).isEqualTo(1000);
        assertThat(seconds.now().flows().get(0).history()).endsWith(0L, 1000L);
    }

    @Test
    void endpointsAndSitesAreMeansOfTenSeconds() {
        for (int i = 0; i < 20; i++) {
            seconds.pass(SECOND)
                    .sample("a.A.send:1", 400)
                    .sample("a.B.send:2", 100)
                    .io("file:/a", "read", i < 15 ? 0 : 1000)
                    .copied(1000)
                    .told();
        }

        Moment moment = seconds.now();

        assertThat(moment.endpoints()).contains(new EndpointUse("file", "/a", 500, 0));
        assertThat(moment.sites())
                .as("1000 bytes a second, by what the samples stand for")
                .containsExactly(
                        new Site("a.A.send:1", "file", "socket", "heap", "read-write-loop", 800),
                        new Site("a.B.send:2", "file", "socket", "heap", "read-write-loop", 200));
    }

    @Test
    void aYoungJvmIsNotDividedByTenSeconds() {
        seconds.io("file:/a", "read", 1000).copied(1000).told();
        seconds.pass(SECOND).io("file:/a", "read", 1000).copied(1000).told();

        assertThat(seconds.now().endpoints()).contains(new EndpointUse("file", "/a", 1000, 0));
    }

    @Test
    void aCorrectedSampleIsTakenBack() {
        seconds.live.sample(new TransferSample(
                Events.route("file:/a > memory", "heap", "none", null, "none", 2), "a.A.read:1", List.of(), 500, 7, 0));
        seconds.live.sample(new TransferSample(
                Events.route("file:/a > memory", "heap", "none", null, "none", 2),
                "a.A.send:2",
                List.of(),
                -500,
                8,
                7));
        seconds.sample("a.A.send:2", 500).copied(1000).told();

        assertThat(seconds.now().sites())
                .singleElement()
                .satisfies(site -> assertThat(site.frame()).isEqualTo("a.A.send:2"));
    }

    @Test
    void findingsAreOfTheLastSeconds() {
        seconds.copied(1_000_000).told();
        assertThat(seconds.now().findings()).extracting(Finding::code).containsExactly("read-write-loop");

        seconds.idle(30 * SECOND);
        assertThat(seconds.now().findings()).isEmpty();
    }

    @Test
    void thePidIsThatOfTheOutside() {
        seconds.live.jvm(new Jvm("17.0.15", 4711L, "a.Main"));
        seconds.live.agent(new AgentState("0.1", "17.0.15", 1, "a.Main", Map.of(), "", 0, 0, 0, 0, 0, 0, null));

        assertThat(seconds.now().process()).isEqualTo(new Recording.Process("17.0.15", 4711L, "a.Main", "0.1"));
    }

    @Test
    void thePastIsNotTheMoment() {
        Seconds late = new Seconds(Seconds.START + 2 * SECOND);
        late.copied(1000).told();
        assertThat(late.now().current()).isFalse();
        late.pass(SECOND).copied(1000).told();
        late.pass(SECOND).copied(1000).told();
        assertThat(late.now().current()).isTrue();
    }

    @Test
    void theSameEventsGiveTheSameMoment() {
        assertThat(Seconds.busy().now()).isEqualTo(Seconds.busy().now());
    }

    @Test
    void amountsThatNobodyCanMoveDoNoHarm() {
        seconds.copied(Long.MAX_VALUE).copied(Long.MAX_VALUE).told();
        seconds.pass(SECOND).copied(Long.MAX_VALUE).told();

        assertThat(seconds.now().flows().get(0).now().bytes()).isPositive();
    }
}
