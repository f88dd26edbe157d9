package iopath.agent.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.BufferKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Namer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Nothing is lost or counted twice, however many threads add and whenever it is drained. */
class TotalsTest {

    private final Endpoints endpoints = new Endpoints(new Namer(null, false), 64);

    @Test
    void drainsWhileThreadsAddAndEndHandOutEveryByteOnce() throws InterruptedException {
        Totals totals = new Totals(endpoints, 1024);
        int threads = 16;
        int additions = 20_000;
        CountDownLatch done = new CountDownLatch(threads);
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread[] self = new Thread[1];
            self[0] = new Thread(() -> {
                Cells cells = totals.stripe(() -> self[0].isAlive());
                for (int i = 0; i < additions; i++) {
                    cells.add(key(i % 50), i, 1, 2, 3);
                }
                done.countDown();
            });
            all.add(self[0]);
            self[0].start();
        }
        Map<Long, long[]> sums = new HashMap<>();
        while (done.getCount() > 0) {
            drainInto(totals, sums);
        }
        for (Thread thread : all) {
            thread.join();
        }
        drainInto(totals, sums);
        drainInto(totals, sums);
        assertThat(sums).hasSize(50);
        long bytes = 0;
        long operations = 0;
        for (long[] sum : sums.values()) {
            bytes += sum[0];
            operations += sum[1];
        }
        assertThat(bytes).isEqualTo((long) threads * additions * (additions - 1) / 2);
        assertThat(operations).isEqualTo((long) threads * additions);
        assertThat(totals.drain()).isEmpty();
    }

    @Test
    void aDrainSeesAllRowsOfAnOperationOrNone() throws InterruptedException {
        Totals totals = new Totals(endpoints, 64);
        long operation = Key.operation(5, true, BufferKind.KERNEL);
        long transfer = Key.transfer(6, 5, Path.SENDFILE, Reason.NONE, Evidence.KERNEL, 0, Details.NONE);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong operations = new AtomicLong();
        Thread thread = new Thread(() -> {
            Cells cells = totals.stripe(() -> true);
            for (long i = 1; !enough.get(); i++) {
                cells.begin();
                cells.add(operation, 100, 1, 1, 0);
                cells.add(transfer, 100, 1, 1, 0);
                cells.end();
                operations.set(i);
            }
        });
        thread.start();
        Map<Long, long[]> sums = new HashMap<>();
        int different = 0;
        for (long last = 0; different < 200; ) {
            drainInto(totals, sums);
            long[] seen = sums.getOrDefault(operation, new long[2]);
            assertThat(sums.getOrDefault(transfer, new long[2])).isEqualTo(seen);
            different += seen[1] == last ? 0 : 1;
            last = seen[1];
        }
        enough.set(true);
        thread.join();
        drainInto(totals, sums);
        assertThat(sums.get(operation)).containsExactly(100 * operations.get(), operations.get());
    }

    @Test
    void anOperationThatDoesNotGetOnIsNotWaitedForForEver() {
        Totals totals = new Totals(endpoints, 64);
        Cells cells = totals.stripe(() -> true);
        cells.begin();
        cells.add(key(1), 100, 1, 1, 0);
        assertThat(totals.drain()).hasSize(1);
    }

    @Test
    void keysPastTheBoundAreFoldedWithExactSums() {
        Totals totals = new Totals(endpoints, 10);
        Cells cells = totals.stripe(() -> true);
        for (int endpoint = 4; endpoint < 64; endpoint++) {
            cells.add(Key.operation(endpoint, true, BufferKind.HEAP), 1, 1, 1, 1);
        }
        List<Totals.Row> rows = totals.drain();
        assertThat(rows).hasSizeLessThanOrEqualTo(11);
        assertThat(rows.stream().mapToLong(Totals.Row::bytes).sum()).isEqualTo(60);
        assertThat(totals.folded()).isEqualTo(50);
    }

    @Test
    void bytesReadAreKeptUntilTheyArePassedOn() {
        Totals totals = new Totals(endpoints, 64);
        Cells cells = totals.stripe(() -> true);
        cells.add(Key.operation(5, false, BufferKind.HEAP), 1000, 1, 2, 30);
        long kept = Key.kept(5, BufferKind.HEAP);
        assertThat(row(totals.drain(), kept)).isEqualTo(new Totals.Row(kept, 1000, 1, 1, 30, 0));
        cells.add(kept, -600, -1, -1, -30);
        assertThat(row(totals.drain(), kept)).isEqualTo(new Totals.Row(kept, -600, -1, -1, -30, 0));
        cells.add(Key.operation(5, false, BufferKind.HEAP), 600, 1, 1, 30);
        assertThat(row(totals.drain(), kept)).isEqualTo(new Totals.Row(kept, 600, 1, 1, 30, 0));
    }

    @Test
    void aWriteOfTheApplicationsOwnBytesIsBothAnOperationAndATransfer() {
        Totals totals = new Totals(endpoints, 64);
        Cells cells = totals.stripe(() -> true);
        long operation = Key.operation(5, true, BufferKind.DIRECT);
        long own = Key.own(5, BufferKind.DIRECT, Reason.NONE);
        cells.add(Key.ownWrite(5, BufferKind.DIRECT), 1000, 1, 1, 30);
        cells.add(operation, 10, 1, 1, 2);
        cells.add(own, 3, 1, 1, 2);
        assertThat(totals.drain())
                .containsExactlyInAnyOrder(
                        new Totals.Row(operation, 1010, 2, 2, 32, 0), new Totals.Row(own, 1003, 2, 2, 32, 0));
        assertThat(totals.drain()).isEmpty();
    }

    @Test
    void aTransferInTheKernelIsAReadAndAWriteAsWell() {
        Totals totals = new Totals(endpoints, 64);
        Cells cells = totals.stripe(() -> true);
        long transfer = Key.transfer(5, 6, Path.SENDFILE, Reason.NONE, Evidence.KERNEL, 0, Details.NONE);
        long read = Key.operation(5, false, BufferKind.KERNEL);
        long write = Key.operation(6, true, BufferKind.KERNEL);
        cells.add(Key.whole(transfer), 1000, 1, 2, 30);
        cells.add(read, 0, 0, 1, 5);
        assertThat(totals.drain())
                .containsExactlyInAnyOrder(
                        new Totals.Row(transfer, 1000, 1, 2, 30, 0),
                        new Totals.Row(read, 1000, 1, 3, 35, 0),
                        new Totals.Row(write, 1000, 1, 2, 30, 0));
    }

    private static Totals.Row row(List<Totals.Row> rows, long key) {
        return rows.stream().filter(row -> row.key() == key).findFirst().orElseThrow();
    }

    @Test
    void aKeyKeepsAllItsParts() {
        long key = Key.transfer(4095, 4094, Path.UNKNOWN, Reason.UNKNOWN, Evidence.SAME_THREAD, 7, 1023);
        assertThat(Key.isTransfer(key)).isTrue();
        assertThat(Key.source(key)).isEqualTo(4095);
        assertThat(Key.sink(key)).isEqualTo(4094);
        assertThat(Key.path(key)).isEqualTo(Path.UNKNOWN);
        assertThat(Key.reason(key)).isEqualTo(Reason.UNKNOWN);
        assertThat(Key.evidence(key)).isEqualTo(Evidence.SAME_THREAD);
        assertThat(Key.copies(key)).isEqualTo(7);
        assertThat(Key.detail(key)).isEqualTo(1023);
        long operation = Key.operation(4095, true, BufferKind.MAPPED);
        assertThat(Key.isTransfer(operation)).isFalse();
        assertThat(Key.source(operation)).isEqualTo(4095);
        assertThat(Key.isWrite(operation)).isTrue();
        assertThat(Key.buffer(operation)).isEqualTo(BufferKind.MAPPED);
    }

    private static void drainInto(Totals totals, Map<Long, long[]> sums) {
        for (Totals.Row row : totals.drain()) {
            long[] sum = sums.computeIfAbsent(row.key(), k -> new long[2]);
            sum[0] += row.bytes();
            sum[1] += row.operations();
        }
    }

    private static long key(int endpoint) {
        return Key.operation(endpoint + 4, true, BufferKind.DIRECT);
    }
}
