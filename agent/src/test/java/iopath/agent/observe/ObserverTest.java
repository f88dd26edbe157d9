package iopath.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Namer;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drain may come at any moment: what an operation wrote has to be there as an operation and as a transfer, or not. */
class ObserverTest {

    private static final int PLAIN = 80;
    private static final int CIPHER = 100;

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
    private final Observer observer = new Observer(
            endpoints,
            links,
            new Contents(links, 0),
            new Details(),
            totals,
            (key, bytes, weight, number, corrects) -> {},
            1 << 20);

    private FileOutputStream sink;
    private long operations;
    private long transfers;
    private long framing;

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
        }
    }
}
