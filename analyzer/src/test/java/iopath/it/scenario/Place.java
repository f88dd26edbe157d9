package iopath.it.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** Where a scenario runs: its files, its peers, and its line to the test. */
public final class Place {

    /** Size of the file {@link #DATA}. */
    public static final int MIB = 1 << 20;

    /** Size of the file {@link #SMALL}; below every threshold of the JDK. */
    public static final int SMALL_BYTES = 8 << 10;

    /** Size of the file {@link #LARGE}; more than two of the 8 MiB that the JDK maps at a time. */
    public static final int LARGE_BYTES = 20 << 20;

    /** Size of the file {@link #ZEROS}. */
    public static final int ZERO_BYTES = 64 << 10;

    /** What a sending peer sends; fits in the kernel's buffers whole, so that no read of it comes too early. */
    public static final int SENT = 48 << 10;

    public static final String DATA = "data";
    public static final String SMALL = "small";
    public static final String LARGE = "large";
    public static final String ZEROS = "zeros";
    public static final String EMPTY = "empty";
    public static final String FIFO = "fifo";

    /** A file that the kernel makes up when it is read, and that neither JVM nor C library reads. */
    public static final String PROC_FILE = "/proc/devices";

    /** What an idle peer waits for. */
    public static final String DRAIN = "drain";

    /** What the test says when a peer has sent everything. */
    public static final String READY = "ready";

    /** Starts a line that the test compares between runs. */
    public static final String RESULT = "result ";

    private final Path directory;
    private final Path elsewhere;
    private final String[] peers;

    Place(Path directory, Path elsewhere, String[] peers) {
        this.directory = directory;
        this.elsewhere = elsewhere;
        this.peers = peers;
    }

    /** A file of the test. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** A file on another file system. */
    Path elsewhere(String name) {
        return elsewhere.resolve(name);
    }

    /** A file that the kernel makes up. */
    Path procFile() {
        return Path.of(PROC_FILE);
    }

    /** Opens a file of the test to read. */
    FileChannel open(String name) throws IOException {
        return FileChannel.open(file(name), StandardOpenOption.READ);
    }

    /** A new file. */
    FileChannel create(String name) throws IOException {
        return FileChannel.open(file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A new file on another file system. */
    FileChannel createElsewhere(String name) throws IOException {
        return FileChannel.open(elsewhere.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A new file that appends. */
    FileChannel append(String name) throws IOException {
        return FileChannel.open(file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    }

    /** Where a peer waits. */
    SocketAddress address(int peer) {
        String address = peers[peer];
        return address.startsWith("/")
                ? UnixDomainSocketAddress.of(address)
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address));
    }

    /** Connects to a peer. */
    SocketChannel connect(int peer) throws IOException {
        SocketAddress address = address(peer);
        if (address instanceof UnixDomainSocketAddress) {
            return SocketChannel.open(address);
        }
        SocketChannel socket = SocketChannel.open();
        // Room for all that a peer sends at once.
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4 * SENT);
        socket.connect(address);
        return socket;
    }

    /** Connects through a small send buffer, so that little is on its way when the peer does not read. */
    SocketChannel connectNarrow(int peer) throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.SO_SNDBUF, 64 << 10);
        socket.connect(address(peer));
        return socket;
    }

    /** Tells the test something that a peer waits for. */
    void tell(String what) {
        System.out.println(what);
        System.out.flush();
    }

    /** Waits until the sending peer has sent everything. */
    void awaitReady() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
            line.append((char) c);
        }
        if (!READY.contentEquals(line)) {
            throw new IOException("the test said '" + line + "' in place of '" + READY + "'");
        }
    }

    /** Notes a value that must not depend on who watches. */
    void result(String name, Object value) {
        System.out.println(RESULT + name + " = " + value);
    }

    /** Notes what a call returns or throws. */
    void result(String name, Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Exception e) {
            value = e.toString();
        }
        result(name, value);
    }

    /** Writes all of a buffer to a channel that blocks. */
    static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Waits until a non-blocking socket takes more. */
    static void awaitWritable(SocketChannel socket) throws IOException {
        try (Selector selector = Selector.open()) {
            socket.register(selector, SelectionKey.OP_WRITE);
            selector.select();
        }
    }

    /** Bytes that the application itself makes. */
    static void generate(ByteBuffer buffer) {
        for (int i = 0; buffer.hasRemaining(); i++) {
            buffer.put((byte) (i * 31 + 7));
        }
    }
}
