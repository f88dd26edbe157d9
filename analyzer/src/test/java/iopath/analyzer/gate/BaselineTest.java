package iopath.analyzer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.gate.Outcome.Status;
import iopath.analyzer.summarize.Events;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private static final String ROUTE = "file:/a > socket:s";

    @Test
    void theSameSharesHoldWhateverTheAmount() {
        assertThat(failures(mixed(600, 400), mixed(60_000, 40_000))).isEmpty();
    }

    @Test
    void aBetterPathIsNoFailure() {
        assertThat(failures(mixed(600, 400), mixed(900, 100))).isEmpty();
    }

    @Test
    void moreBytesOnTheWorsePathFail() {
        assertThat(failures(mixed(600, 400), mixed(550, 450))).singleElement().satisfies(outcome -> {
            assertThat(outcome.rule()).isEqualTo("file -> socket is no worse than in the baseline");
            assertThat(outcome.sentence()).isEqualTo("was 60 % sendfile, 40 % heap, is 55 % sendfile, 45 % heap");
            assertThat(outcome.details()).anyMatch(line -> line.contains("by heap, read-write-loop"));
        });
    }

    @Test
    void aPairThatIsGoneShowsNothing() {
        Events other = new Events().transfer("file:/a > memory", "heap", "none", "none", 2, 1000);

        assertThat(failures(mixed(1000, 0), other)).extracting(Outcome::status).contains(Status.ABSENT);
    }

    @Test
    void aMethodThatTakesAWorsePathFailsHoweverFewItsBytes() {
        Events before = mixed(1000, 0).sample("a.B.send:1", ROUTE, "sendfile", "none", 1000, 1, 0);
        Events after = mixed(999, 1)
                .sample("a.B.send:2", ROUTE, "sendfile", "none", 1000, 1, 0)
                .sample("a.B.send:3", ROUTE, "heap", "read-write-loop", 0, 2, 0);

        assertThat(failures(before, after)).singleElement().satisfies(outcome -> {
            assertThat(outcome.rule()).isEqualTo("file -> socket at a.B.send is no worse than in the baseline");
            assertThat(outcome.details()).contains("Seen at a.B.send:3");
        });
    }

    @Test
    void aWarningThatWasThereBeforeIsNotNew() {
        Events tls = mixed(1000, 0).transfer("file:/a > socket:t", "tls", "tls", "tls-wrap", 2, 100);

        assertThat(failures(tls, tls)).isEmpty();
        assertThat(failures(mixed(1000, 0), tls)).extracting(Outcome::sentence).contains("new: tls");
    }

    private static Events mixed(long kernel, long heap) {
        Events events = new Events();
        if (kernel > 0) {
            events.transfer(ROUTE, "sendfile", "none", "kernel", 0, kernel);
        }
        if (heap > 0) {
            events.transfer(ROUTE, "heap", "read-write-loop", "same-buffer", 4, heap);
        }
        return events;
    }

    private static List<Outcome> failures(Events before, Events after) {
        return new Baseline(before.subject())
                .check(after.subject()).stream().filter(Outcome::fails).toList();
    }
}
