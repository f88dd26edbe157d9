package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.ContentLook;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LooksTest {
    private final Looks looks = new Looks();

    @Test
    void whereAllWasLookedAtNothingIsLeftToEstimate() {
        looks.add(new ContentLook("socket", 1000, 1000, 600, 0, 0, 400));
        looks.add(new ContentLook("socket", 1000, 1000, 500, 0, 0, 500));

        assertThat(looks.estimates()).containsExactly(new Estimate("file", "socket", 0, 0, 0, 1100, 2000, 2000));
    }

    @Test
    void bytesOfWhichALookCouldNotTellAreInTheUpperEnd() {
        looks.add(new ContentLook("socket", 1000, 1000, 600, 0, 0, 300));

        assertThat(looks.estimates()).containsExactly(new Estimate("file", "socket", 0, 0, 100, 600, 1000, 1000));
    }

    @Test
    void nothingLookedAtAndNothingDecidableAndNothingFoundAreThreeThings() {
        looks.add(new ContentLook("socket", 1000, 0, 0, 0, 0, 0));
        looks.add(new ContentLook("file", 800, 100, 0, 0, 0, 0));
        looks.add(new ContentLook("pipe", 600, 100, 0, 0, 0, 40));

        assertThat(looks.estimates()).isEmpty();
        assertThat(looks.sights())
                .containsExactly(
                        new Sight("socket", 1000, 0, 0, 0),
                        new Sight("file", 800, 100, 0, 0),
                        new Sight("pipe", 600, 100, 40, 0));
        assertThat(looks.sights())
                .extracting(Sight::state)
                .containsExactly(Sight.State.NOT_LOOKED, Sight.State.NOT_DECIDABLE, Sight.State.NOT_FOUND);

        looks.add(new ContentLook("socket", 10, 10, 10, 0, 0, 0));
        assertThat(looks.sights().get(0).state()).isEqualTo(Sight.State.FOUND);
    }

    @Test
    void oneLookSaysNothingOfTheRest() {
        looks.add(new ContentLook("file", 10_000, 1000, 0, 500, 0, 500));

        assertThat(looks.estimates()).containsExactly(new Estimate("socket", "file", 4500, 0, 9000, 500, 1000, 10_000));
    }

    /** At the start all is looked at; it must not stand for the traffic that follows. */
    @Test
    void aLookStandsForTheBytesWrittenSinceTheOneBefore() {
        looks.add(new ContentLook("socket", 1_000_000, 1_000_000, 0, 0, 0, 1_000_000));
        for (int second = 0; second < 20; second++) {
            looks.add(new ContentLook("socket", 10_000_000, 0, 0, 0, 0, 0));
            looks.add(new ContentLook("socket", 10_100_000, 100_000, 100_000, 0, 0, 0));
        }

        assertThat(looks.estimates())
                .containsExactly(new Estimate(
                        "file", "socket", 400_000_000, 400_000_000, 400_000_000, 2_000_000, 3_000_000, 403_000_000));
    }

    @Test
    void withoutAFindThereIsNoEstimate() {
        looks.add(new ContentLook("socket", 10_000, 1000, 0, 0, 0, 1000));

        assertThat(looks.estimates()).isEmpty();
    }

    @Test
    void kindsAreKeptApart() {
        looks.add(new ContentLook("socket", 100, 100, 60, 40, 0, 0));
        looks.add(new ContentLook("pipe", 100, 100, 0, 0, 100, 0));

        assertThat(looks.estimates())
                .extracting(Estimate::source, Estimate::sink, Estimate::provenBytes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("pipe", "pipe", 100L),
                        org.assertj.core.groups.Tuple.tuple("file", "socket", 60L),
                        org.assertj.core.groups.Tuple.tuple("socket", "socket", 40L));
    }

    /** A thousand recordings of a made-up program: the interval must hold the truth as often as it says. */
    @Test
    void theStatedErrorHolds() {
        Random random = new Random(7);
        int held = 0;
        for (int run = 0; run < 1000; run++) {
            Looks recording = new Looks();
            double share = random.nextDouble();
            long truth = 0;
            for (int second = 0; second < 12; second++) {
                long written = 5_000_000 + random.nextInt(5_000_000);
                double now = Math.min(1, Math.max(0, share + random.nextGaussian() * 0.1));
                long looked = 100_000 + random.nextInt(400_000);
                long found = Math.round(looked * now);
                truth += Math.round((written - looked) * now);
                recording.add(new ContentLook("socket", written, looked, found, 0, 0, looked - found));
            }
            List<Estimate> rows = recording.estimates();
            boolean holds = rows.isEmpty()
                    ? truth == 0
                    : rows.get(0).lowBytes() <= truth && truth <= rows.get(0).highBytes();
            held += holds ? 1 : 0;
        }
        assertThat(held).isBetween(940, 1000);
    }
}
