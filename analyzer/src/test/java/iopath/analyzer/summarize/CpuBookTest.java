package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuBookTest {
    private static final long SECOND = 1_000_000_000;

    private final CpuBook book = new CpuBook();

    @Test
    void aLoadSpeaksOfTheTimeSinceTheOneBefore() {
        book.processors(4);
        book.load(SECOND, 1);
        book.load(3 * SECOND, 0.5);
        book.load(4 * SECOND, 0.25);

        assertThat(book.use(3 * SECOND)).isEqualTo(new CpuUse(5, 5, 5, 4));
    }

    /** As in the recording of a second, whose end's event stands before its beginning's. */
    @Test
    void aLoadThatIsReadBeforeAnEarlierOneIsNotLost() {
        book.load(4 * SECOND, 0.25);
        book.load(SECOND, 1);
        book.processors(4);
        book.load(3 * SECOND, 0.5);

        assertThat(book.use(3 * SECOND)).isEqualTo(new CpuUse(5, 5, 5, 4));
    }

    @Test
    void loadsOfALongRecordingAreAddedUpAsTheyCome() {
        book.processors(1);
        for (int i = 1; i <= 5001; i++) {
            book.load(i * SECOND, 1);
        }

        assertThat(book.use(5000 * SECOND)).isEqualTo(new CpuUse(5000, 5000, 5000, 1));
    }

    @Test
    void timeThatNoLoadSpeaksOfIsBetweenNothingAndTheMost() {
        book.processors(2);
        book.load(SECOND, 0);
        book.load(2 * SECOND, 0.25);
        book.load(3 * SECOND, 0.75);

        assertThat(book.use(4 * SECOND)).isEqualTo(new CpuUse(2, 4, 5, 2));
    }

    @Test
    void noTimeCountsTwiceAndNoProcessorIsBusierThanBusy() {
        book.processors(1);
        book.load(SECOND, 1);
        book.load(2 * SECOND, 1.5);
        book.load(2 * SECOND, 1);
        book.load(SECOND, 1);
        book.load(3 * SECOND, Double.NaN);
        book.load(3 * SECOND, -1);

        assertThat(book.use(SECOND)).isEqualTo(new CpuUse(1, 1, 1, 1));
    }

    @Test
    void eachFileIsOfAJvmOfItsOwn() {
        book.processors(2);
        book.load(SECOND, 1);
        book.load(2 * SECOND, 1);
        book.nextFile();
        book.processors(8);
        book.load(SECOND, 1);
        book.load(2 * SECOND, 0.5);

        assertThat(book.use(2 * SECOND)).isEqualTo(new CpuUse(6, 6, 6, 8));
    }

    @Test
    void withoutLoadsOrProcessorsNothingIsKnown() {
        assertThat(book.use(SECOND)).isNull();
        book.load(SECOND, 1);
        book.load(2 * SECOND, 1);
        assertThat(book.use(SECOND)).isNull();
    }
}
