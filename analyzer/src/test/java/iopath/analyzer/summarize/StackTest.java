package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.Reading;
import iopath.analyzer.event.TransferSample;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTest {
    private static final String LOOP = "file:/a > socket:s";

    private final Events events = new Events();

    @Test
    void theSameSiteCalledInTwoWaysIsTwoStacksWithTheCopiesOfEach() {
        sample(List.of("a.Main.one", "a.Site.send:3"), LOOP, 100, 1, 0);
        sample(List.of("a.Main.two", "a.Site.send:3"), LOOP, 50, 2, 0);
        sample(List.of("a.Main.one", "a.Site.send:3"), LOOP, 25, 3, 0);

        assertThat(events.profile().stacks())
                .containsExactly(
                        new Stack(
                                List.of("a.Main.one", "a.Site.send:3"),
                                "file",
                                "socket",
                                "heap",
                                "none",
                                "none",
                                125,
                                500),
                        new Stack(
                                List.of("a.Main.two", "a.Site.send:3"),
                                "file",
                                "socket",
                                "heap",
                                "none",
                                "none",
                                50,
                                200));
    }

    @Test
    void aCorrectionIsTakenFromTheStackOfTheReadInWhicheverOrderTheTwoCome() {
        sample(List.of("a.Main.main", "a.Reader.read:1"), "file:/a > memory", 500, 1, 0);
        sample(List.of("a.Main.main", "a.Writer.write:2"), "file:/a > memory", -300, 2, 1);

        Stack read = new Stack(
                List.of("a.Main.main", "a.Reader.read:1"), "file", "memory", "heap", "none", "none", 200, 800);
        assertThat(events.profile().stacks()).containsExactly(read);
        assertThat(events.shuffled(1).stacks()).containsExactly(read);
        assertThat(events.shuffled(2).stacks()).containsExactly(read);
    }

    @Test
    void aSampleWithoutAStackStillCounts() {
        sample(List.of(), LOOP, 7, 1, 0);

        assertThat(events.profile().stacks()).singleElement().satisfies(stack -> {
            assertThat(stack.frames()).containsExactly("(no application frame)");
            assertThat(stack.bytes()).isEqualTo(7);
        });
    }

    @Test
    void aListOfStacksEndsInOneRowForTheRest() {
        for (int i = 0; i < 1_000; i++) {
            sample(List.of("a.Main.m" + i), LOOP, 10, i + 1, 0);
        }

        List<Stack> stacks = events.profile().stacks();

        assertThat(stacks)
                .hasSize(300)
                .last()
                .satisfies(stack -> assertThat(stack.frames()).containsExactly("(other)"));
        assertThat(stacks.stream().mapToLong(Stack::bytes).sum()).isEqualTo(10_000);
        assertThat(stacks.stream().mapToLong(Stack::copiedBytes).sum()).isEqualTo(40_000);
    }

    @Test
    void endlessStacksOfEndlessNamesFillNoMemoryAndLoseNoBytes() {
        Tally tally = new Tally();
        for (int i = 0; i < 20_000; i++) {
            List<String> stack = List.of("a.Main.main", "x".repeat(4_096) + i);
            tally.sample(new TransferSample(
                    Events.route(LOOP, "heap", "none", null, "none", 4), "a.A.b:1", stack, 1, i + 1, 0));
        }

        Profile profile = tally.profile(new Reading(List.of("a"), 0, 1, List.of(), List.of()));

        assertThat(profile.stacks().stream().mapToLong(Stack::bytes).sum()).isEqualTo(20_000);
        assertThat(profile.stacks().get(0).frames()).containsExactly("(other)");
        assertThat(profile.stacks().get(0).bytes()).isGreaterThan(19_000);
    }

    private void sample(List<String> stack, String route, long weight, long number, long corrects) {
        events.sample(stack, "a.Site.send:3", route, "heap", "none", weight, number, corrects);
    }
}
