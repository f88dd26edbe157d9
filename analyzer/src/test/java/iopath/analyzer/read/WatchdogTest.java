package iopath.analyzer.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {
    private final Watchdog impatient = new Watchdog(Duration.ofMillis(20));

    @Test
    void aTaskThatMakesNoProgressIsGivenUp() throws Throwable {
        CountDownLatch never = new CountDownLatch(1);

        Watchdog.Outcome outcome = impatient.watch(() -> await(never), () -> 0);

        assertThat(outcome).isEqualTo(Watchdog.Outcome.STUCK);
        never.countDown();
    }

    @Test
    void aSlowTaskThatMakesProgressIsNot() throws Throwable {
        CountDownLatch looks = new CountDownLatch(10);
        AtomicLong progress = new AtomicLong();

        Watchdog.Outcome outcome = impatient.watch(() -> await(looks), () -> {
            looks.countDown();
            return progress.incrementAndGet();
        });

        assertThat(outcome).isEqualTo(Watchdog.Outcome.DONE);
    }

    @Test
    void anErrorOfTheTaskIsNotSwallowed() {
        assertThatThrownBy(() -> new Watchdog(Duration.ofSeconds(30))
                        .watch(
                                () -> {
                                    throw new StackOverflowError();
                                },
                                () -> 0))
                .isInstanceOf(StackOverflowError.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
