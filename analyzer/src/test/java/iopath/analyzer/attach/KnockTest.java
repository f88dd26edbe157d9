package iopath.analyzer.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KnockTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void aJvmThatNeverAnswersIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> Knock.answer(
                        () -> {
                            never.await();
                            return "";
                        },
                        Duration.ofMillis(1)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no answer within");
    }

    @Test
    void aFailureIsToldInItsOwnWords() {
        assertThatThrownBy(() -> Knock.answer(
                        () -> {
                            throw new IllegalStateException("refused");
                        },
                        LONG))
                .isInstanceOf(IOException.class)
                .hasMessage("refused");
    }

    @Test
    void anAnswerIsPassedOn() throws IOException {
        assertThat(Knock.answer(() -> "yes", LONG)).isEqualTo("yes");
    }
}
