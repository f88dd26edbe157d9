package iopath.example;

import static iopath.junit.Endpoint.FILE;
import static iopath.junit.Endpoint.SOCKET;
import static iopath.junit.TravelPath.SENDFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iopath.junit.IoPath;
import iopath.junit.IoRecorder;
import iopath.junit.Transfers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@IoPath
@Timeout(120)
class FileServerTest {
    private static final int SIZE = 3_000_000;

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.write(directory.resolve("page.html"), new byte[SIZE]);
    }

    @Test
    void aFileIsSentWithoutACopy(IoRecorder io) throws Throwable {
        Transfers transfers = io.record(() -> serve(socket -> socket));

        transfers.allBytes().from(FILE).to(SOCKET).travelBy(SENDFILE).areCopiedAtMost(0);
        transfers.haveNoFinding("wrapped-channel");
    }

    @Test
    void aWrapperInFrontOfTheSocketIsFound(IoRecorder io) throws Throwable {
        LongAdder written = new LongAdder();

        Transfers transfers = io.record(() -> serve(socket -> new MeteredChannel(socket, written)));

        assertThat(written.sum()).isEqualTo(SIZE);
        assertThatThrownBy(() -> transfers.allBytes().from(FILE).to(SOCKET).travelBy(SENDFILE))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("file -> socket stays on sendfile: 100 % of 3.00 MB took another path")
                .hasMessageContaining("3.00 MB by heap, wrapped-channel (iopath.example.MeteredChannel), 4 CPU copies")
                .hasMessageContaining("Seen at iopath.example.MeteredChannel.write:")
                .hasMessageContaining("Fix: Pass the SocketChannel or FileChannel itself to transferTo");
    }

    @Test
    void whatDidNotMoveIsNoSuccess(IoRecorder io) throws Throwable {
        Transfers transfers = io.record(() -> {});

        assertThatThrownBy(() -> transfers.allBytes().from(FILE).to(SOCKET).travelBy(SENDFILE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing went from file to socket");
    }

    /** Serves the file to one client, which counts what arrives. */
    private void serve(Function<SocketChannel, WritableByteChannel> front) throws Exception {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Long> client = client(listener.socket().getLocalPort());
            try (SocketChannel socket = listener.accept();
                    FileChannel opened = FileChannel.open(file)) {
                FileServer.send(opened, front.apply(socket));
            }
            assertThat(client.get()).isEqualTo(SIZE);
        }
    }

    private static CompletableFuture<Long> client(int port) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel socket =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                ByteBuffer buffer = ByteBuffer.allocate(65536);
                long count = 0;
                for (int read = socket.read(buffer); read >= 0; read = socket.read(buffer.clear())) {
                    count += read;
                }
                return count;
            } catch (IOException e) {
                throw new IllegalStateException("the client got no file", e);
            }
        });
    }
}
