package iopath.agent.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.aggregate.Unseen.Kind;
import iopath.agent.aggregate.Unseen.Row;
import org.junit.jupiter.api.Test;

class UnseenTest {

    private static final int MANY = 1000;

    private final Unseen unseen = new Unseen();

    @Test
    void whatAChannelTookIsSummedUpAndToldOnce() {
        unseen.passed(true, "a.Channel", 10, 0);
        unseen.passed(true, "a.Channel", 5, 3);
        unseen.passed(false, "a.Channel", 7, 0);
        unseen.mapped("/file", 100);
        unseen.mapped("/file", 50);

        assertThat(unseen.drain())
                .containsExactlyInAnyOrder(
                        new Row(Kind.HANDED, "a.Channel", 15, 3),
                        new Row(Kind.TAKEN, "a.Channel", 7, 0),
                        new Row(Kind.MAPPED, "/file", 100, 0));
        assertThat(unseen.drain()).isEmpty();
    }

    @Test
    void namesPastTheBoundLoseTheirNamesAndNoBytes() {
        for (int i = 0; i < MANY; i++) {
            unseen.passed(true, "Channel" + i, 1, 0);
        }
        assertThat(unseen.drain().stream().mapToLong(Row::bytes).sum()).isEqualTo(MANY);
        unseen.passed(true, "Channel" + MANY, 1, 0);
        assertThat(unseen.drain()).containsExactly(new Row(Kind.HANDED, Unseen.OTHER, 1, 0));
    }
}
