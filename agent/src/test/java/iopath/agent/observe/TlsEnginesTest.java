package iopath.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.classify.Evidence;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Namer;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that go through TLS engines and come back. */
class TlsEnginesTest {

    private static final int PLAIN = 16 << 10;
    private static final int CIPHER = PLAIN + 29;

    @TempDir
    Path folder;

    private final Endpoints endpoints = new Endpoints(new Namer(null, false), 64);
    private final Totals totals = new Totals(endpoints, 64);
    private final LinkTable links = new LinkTable(6);
    private final Observer observer = new Observer(
            endpoints,
            links,
            new Contents(links, 1 << 20),
            new Details(),
            totals,
            (key, bytes, weight, number, corrects) -> {},
            1 << 20);

    /** It sends them to itself: what a socket has brought as plaintext is what the application has made. */
    @Test
    void ownBytesThatCameBackByTlsAreNotTheSocketsWhenTheyAreWrittenOnceMore() throws IOException {
        Random random = new Random(1);
        byte[] made = new byte[PLAIN];
        random.nextBytes(made);
        byte[] encrypted = new byte[CIPHER];
        random.nextBytes(encrypted);
        ByteBuffer own = ByteBuffer.wrap(made);
        ByteBuffer received = ByteBuffer.allocate(CIPHER);
        ByteBuffer plain = ByteBuffer.allocate(PLAIN);
        try (FileOutputStream wire = new FileOutputStream(folder.resolve("wire").toFile());
                FileOutputStream file =
                        new FileOutputStream(folder.resolve("file").toFile())) {
            pass(false, own, ByteBuffer.allocate(CIPHER), encrypted);

            Object token = begin();
            received.put(encrypted);
            observer.endRead(token, wire.getFD(), received, CIPHER);
            pass(true, received.flip(), plain, made);
            write(own.flip(), file.getFD());
            assertThat(byContent()).as("from where it was made").isZero();

            write(ByteBuffer.wrap(made.clone()), file.getFD());
            assertThat(byContent()).as("or from a copy: nobody can tell").isZero();
        }
    }

    @Test
    void plaintextThatTheApplicationCopiedIsTheSockets() throws IOException {
        byte[] made = new byte[PLAIN];
        new Random(2).nextBytes(made);
        byte[] encrypted = new byte[CIPHER];
        new Random(3).nextBytes(encrypted);
        ByteBuffer received = ByteBuffer.allocate(CIPHER);
        try (FileOutputStream wire = new FileOutputStream(folder.resolve("wire").toFile());
                FileOutputStream file =
                        new FileOutputStream(folder.resolve("file").toFile())) {
            Object token = begin();
            received.put(encrypted);
            observer.endRead(token, wire.getFD(), received, CIPHER);
            pass(true, received.flip(), ByteBuffer.allocate(PLAIN), made);
            write(ByteBuffer.wrap(made.clone()), file.getFD());
        }
        assertThat(byContent()).isEqualTo(PLAIN);
    }

    private Object begin() {
        return Objects.requireNonNull(observer.begin());
    }

    private void pass(boolean unwrap, ByteBuffer source, ByteBuffer sink, byte[] output) {
        ByteBuffer[] sources = {source};
        ByteBuffer[] sinks = {sink};
        long[] token = Objects.requireNonNull(observer.beginTls(unwrap, sources, 0, 1, sinks, 0, 1));
        int consumed = source.remaining();
        source.position(source.limit());
        sink.put(output);
        observer.endTls(token, sources, 0, 1, sinks, 0, 1, consumed, output.length);
    }

    private void write(ByteBuffer buffer, FileDescriptor sink) {
        Object token = begin();
        int bytes = buffer.remaining();
        buffer.position(buffer.limit());
        observer.endWrite(token, sink, buffer, bytes);
    }

    private long byContent() {
        return totals.drain().stream()
                .filter(row -> Key.isTransfer(row.key()) && Key.evidence(row.key()) == Evidence.SAME_BYTES)
                .mapToLong(Totals.Row::bytes)
                .sum();
    }
}
