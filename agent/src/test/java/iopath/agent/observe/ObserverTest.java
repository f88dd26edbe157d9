package iopath.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Namer;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.probe.Sink;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A drain may come at any moment: what an operation wrote has to be there as an operation and as a transfer, or not. */
class ObserverTest {

    private static final int PLAIN = 80;
    private static final int CIPHER = 100;

    /** EAGAIN (sun.nio.ch.IOStatus). */
    private static final int UNAVAILABLE = -2;

    // io_uring_enter(2)
    private static final int RING = 9;
    private static final int READ = 22;
    private static final int SEND = 26;
    private static final int RECV = 27;
    private static final int NOTIFICATION = 8;

    @TempDir
    Path folder;

    private final Endpoints endpoints = new Endpoints(new Namer(null, false), 64);
    private final Totals totals = new Totals(endpoints, 64);
    private final LinkTable links = new LinkTable(4);
    private final Details details = new Details();
    private final Observer observer = new Observer(
            endpoints,
            links,
            new Contents(links, 0),
            details,
            totals,
            (key, bytes, weight, number, corrects) -> {},
            1 << 20);

    private FileOutputStream sink;
    private long operations;
    private long transfers;
    private long framing;
    private long extra;
    private final Set<Long> extraKeys = new HashSet<>();

    @BeforeEach
    void open() throws IOException {
        sink = new FileOutputStream(folder.resolve("sink").toFile());
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    @Test
    void aRecordIsSeenOnBothSidesBeforeItsEnd() throws IOException {
        observer.beginRecord();
        write(CIPHER / 2);
        drain();
        assertThat(transfers).isEqualTo(operations).isEqualTo(CIPHER / 2);
        write(CIPHER - CIPHER / 2);
        drain();
        assertThat(transfers).isEqualTo(operations).isEqualTo(CIPHER);
        assertThat(framing).isZero();

        observer.endRecord(new byte[PLAIN], 0, PLAIN, true);
        drain();
        assertThat(transfers).isEqualTo(operations).isEqualTo(CIPHER);
        assertThat(framing).isEqualTo(CIPHER - PLAIN);
    }

    @Test
    void aRecordWhoseEndIsNotSeenIsSeenOnBothSides() throws IOException {
        observer.beginRecord();
        write(CIPHER);
        observer.resume();
        observer.endRecord(new byte[PLAIN], 0, PLAIN, true);
        drain();
        assertThat(transfers).isEqualTo(operations).isEqualTo(CIPHER);
    }

    @Test
    void aRecordThatFailedOnItsWayIsSeenOnBothSides() throws IOException {
        observer.beginRecord();
        write(CIPHER);
        observer.endRecord(new byte[PLAIN], 0, PLAIN, false);
        drain();
        assertThat(transfers).isEqualTo(operations).isEqualTo(CIPHER);
        assertThat(framing).isZero();
    }

    /** A thread that has lost its processor holds a bucket: others are not to lose their bytes' origin for that. */
    @Test
    void theOriginOfAWriteWhoseBucketWasHeldIsCountedOnceItIsFree() throws Exception {
        Path from = Files.write(folder.resolve("from"), new byte[PLAIN]);
        try (FileInputStream source = new FileInputStream(from.toFile())) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(PLAIN).position(PLAIN);
            observer.endRead(Objects.requireNonNull(observer.begin()), source.getFD(), buffer, PLAIN);
            hold(1);
            observer.endWrite(Objects.requireNonNull(observer.begin()), sink.getFD(), buffer, PLAIN);
            observer.settle();
            assertThat(byRow()).containsEntry("memory -> file NONE", (long) PLAIN);
            hold(2);
            observer.settle();
            assertThat(byRow())
                    .containsEntry("memory -> file NONE", -(long) PLAIN)
                    .containsEntry("file -> memory NONE", -(long) PLAIN)
                    .containsEntry("file -> file SAME_BUFFER", (long) PLAIN);
        }
        assertThat(links.lost()).isZero();
    }

    private Map<String, Long> byRow() {
        Map<String, Long> rows = new HashMap<>();
        for (Totals.Row row : totals.drain()) {
            if (Key.isTransfer(row.key())) {
                rows.put(
                        endpoints.row(Key.source(row.key())).kind().text() + " -> "
                                + endpoints.row(Key.sink(row.key())).kind().text() + ' ' + Key.evidence(row.key()),
                        row.bytes());
            }
        }
        return rows;
    }

    /** Sets the locks of all buckets; an odd one is held. */
    private void hold(long lock) throws ReflectiveOperationException {
        Field table = LinkTable.class.getDeclaredField("table");
        Field place = LinkTable.class.getDeclaredField("LOCK");
        Field bucket = LinkTable.class.getDeclaredField("BUCKET");
        for (Field field : List.of(table, place, bucket)) {
            field.setAccessible(true);
        }
        long[] words = (long[]) table.get(links);
        for (int o = (int) place.get(null); o < words.length; o += (int) bucket.get(null)) {
            words[o] = lock;
        }
    }

    /** A connection that waits for bytes has asked the ring for them, long before somebody records. */
    @Test
    void aRequestOfBeforeTheRecordingIsCountedByItsCompletion() {
        observer.completed(RING, RECV, CIPHER, 0, 1);
        observer.completed(RING, SEND, PLAIN, 0, 2);
        drain();
        assertThat(operations).isEqualTo(CIPHER + PLAIN);
        assertThat(transfers).isEqualTo(CIPHER + PLAIN);
    }

    /** The ring's own wake-up is a read that is always under way; a notification repeats what a send has said. */
    @Test
    void aRequestOfBeforeTheRecordingThatMayMoveNothingIsNotCounted() {
        observer.completed(RING, READ, Long.BYTES, 0, 1);
        observer.completed(RING, SEND, PLAIN, NOTIFICATION, 2);
        observer.completed(RING, RECV, -1, 0, 3);
        drain();
        assertThat(operations).isZero();
    }

    /** IOUtil.write copies all that remains in a heap buffer before each call, whatever the call takes. */
    @Test
    void whatACallLeftOfAHeapBufferWasCopiedForNothing() throws IOException {
        ByteBuffer heap = ByteBuffer.allocate(100);
        write(heap, 10);
        write(heap, UNAVAILABLE);
        write(heap, 90);
        ByteBuffer direct = ByteBuffer.allocateDirect(100);
        write(direct, 10);
        write(direct, UNAVAILABLE);
        drain();
        assertThat(extra).isEqualTo(90 + 90);
        assertThat(extraKeys).hasSize(1);
        assertThat(transfers).isEqualTo(110);
    }

    @Test
    void whatAGatheringWriteLeftOfItsHeapBuffersWasCopiedForNothing() throws IOException {
        ByteBuffer[] buffers = {
            ByteBuffer.allocate(5), ByteBuffer.allocate(100), ByteBuffer.allocateDirect(100), ByteBuffer.allocate(30)
        };
        long[] token = Objects.requireNonNull(observer.beginVector(buffers, 1, 3));
        buffers[1].position(40);
        observer.endWriteVector(token, sink.getFD(), buffers, 1, 3, 40);
        drain();
        assertThat(extra).isEqualTo(60 + 30);
    }

    @Test
    void whatASocketsStreamDidNotGetRidOfWasCopiedForNothing() throws IOException {
        FileDescriptor fd = sink.getFD();
        observer.endWriteArray(Objects.requireNonNull(observer.begin()), fd, new byte[100], 0, 100, UNAVAILABLE);
        observer.endWriteArray(Objects.requireNonNull(observer.begin()), fd, new byte[100], 0, 100, 30);
        observer.endWriteArray(Objects.requireNonNull(observer.begin()), fd, new byte[100], 30, 70, 70);
        drain();
        assertThat(extra).isEqualTo(100 + 70);
    }

    /** A file was cut while it was sent: the JDK asks for the 0 bytes that are left, for as long as the loop goes on. */
    @Test
    void aLoopThatDoesNotEndWithTheFileIsATransferThatMovesNothing() throws IOException {
        attempt(100, 100);
        for (int i = 0; i < 100; i++) {
            attempt(0, 0);
        }
        attempt(100, 100);
        attempt(0, 0);
        assertThat(callsByDetail()).isEqualTo(Map.of("none", 2L, Details.END_OF_FILE, 92L));
    }

    @Test
    void aCallThatLinuxCutsIsToldApart() throws IOException {
        attempt(0x7ffff000L, 0x7ffff000L);
        attempt(0x7ffff000L, 0x7fffefffL);
        attempt(100, 100);
        assertThat(callsByDetail()).isEqualTo(Map.of(Details.CUT, 1L, "none", 2L));
    }

    private void attempt(long count, long result) throws IOException {
        Object token = Objects.requireNonNull(observer.begin());
        observer.endKernel(token, sink.getFD(), sink.getFD(), false, false, count, result);
    }

    private Map<String, Long> callsByDetail() {
        Map<String, Long> calls = new HashMap<>();
        for (Totals.Row row : totals.drain()) {
            if (Key.isTransfer(row.key())) {
                String detail = details.word(Key.detail(row.key()));
                calls.merge(detail == null ? "none" : detail, row.calls(), Long::sum);
            }
        }
        return calls;
    }

    private void write(ByteBuffer buffer, int result) throws IOException {
        Object token = Objects.requireNonNull(observer.begin());
        buffer.position(buffer.position() + Math.max(result, 0));
        observer.endWrite(token, sink.getFD(), buffer, result);
    }

    private void write(int bytes) throws IOException {
        FileDescriptor fd = sink.getFD();
        Object token = Objects.requireNonNull(observer.begin());
        observer.endWriteArray(token, fd, new byte[bytes], 0, bytes, bytes);
    }

    private void drain() {
        for (Totals.Row row : totals.drain()) {
            if (Key.isOperation(row.key())) {
                operations += row.bytes();
            } else if (Key.isTransfer(row.key())) {
                transfers += row.bytes();
                framing += Key.detail(row.key()) == 0 ? 0 : row.bytes();
            }
            extra += row.extra();
            if (row.extra() != 0) {
                extraKeys.add(row.key());
            }
        }
    }

    /** A sink may leave out what it wants: what the observer left out would be bytes that nobody counts. */
    @ParameterizedTest
    @MethodSource("questions")
    void nothingThatTheHooksTellIsLeftOut(Method told) throws NoSuchMethodException {
        assertThat(Observer.class.getDeclaredMethod(told.getName(), told.getParameterTypes()))
                .isNotNull();
    }

    static Stream<Method> questions() {
        return Stream.of(Sink.class.getDeclaredMethods()).filter(Method::isDefault);
    }
}
