package iopath.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is said of a chunk while others overwrite its entry. */
class ContentTableTest {

    private static final int SOURCES = 40;
    private static final long FIRST_ADDRESS = 1L << 40;
    private static final int LOOKS = 2_000_000;

    /** Two entries, for which all chunks compete. */
    private final ContentTable table = new ContentTable(1);

    @Test
    void anEntryThatIsOverwrittenMeanwhileIsNeverMixedWithTheNext() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong reads = new AtomicLong(1);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread writer = new Thread(() -> {
                ContentTable.Found scratch = new ContentTable.Found();
                while (!over.get()) {
                    long read = reads.getAndIncrement();
                    int source = 1 + (int) (read % SOURCES);
                    table.put(hash(source), source, 0, read, 0, FIRST_ADDRESS * source, scratch);
                }
            });
            writer.start();
            writers.add(writer);
        }
        int found = 0;
        int mixed = 0;
        ContentTable.Found entry = new ContentTable.Found();
        for (int look = 0; look < LOOKS; look++) {
            int source = 1 + look % SOURCES;
            if (table.find(hash(source), entry)) {
                found++;
                table.pass(entry);
                boolean whole =
                        ContentTable.source(entry.place()) == source && entry.address() == FIRST_ADDRESS * source;
                mixed += whole ? 0 : 1;
            }
        }
        over.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(found).isPositive();
        assertThat(mixed).isZero();
    }

    @Test
    void aChunkIsPassedOnForTheFirstTimeOnce() {
        ContentTable.Found entry = new ContentTable.Found();
        table.put(hash(1), 1, 0, 1, 0, FIRST_ADDRESS, entry);
        assertThat(table.find(hash(1), entry)).isTrue();
        assertThat(table.pass(entry)).isTrue();
        assertThat(table.pass(entry)).isFalse();
        assertThat(table.find(hash(1), entry)).isTrue();
        assertThat(table.pass(entry)).isFalse();
    }

    /** All in the same two entries. */
    private static long hash(int source) {
        return source * 0x9E3779B97F4A7C15L >>> 1;
    }
}
