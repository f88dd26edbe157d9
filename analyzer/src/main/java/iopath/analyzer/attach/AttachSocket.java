package iopath.analyzer.attach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * The socket at which a HotSpot JVM is asked, {@code /tmp/.java_pidN} in its root (attachListener_linux.cpp, JDK 17 to
 * 25; version 1 of the protocol: words in, a number and a text out, one connection a question).
 *
 * <p>The file must be a socket of the JVM's user, and the peer of the very connection must be that user ({@code
 * SO_PEERCRED}, unix(7)) before a byte is sent: other users can make files in /tmp. Which process of that user listens,
 * Java cannot ask. It need not, as that user can make the JVM itself say anything.
 *
 * <p>Each answer is bounded in time and size, whoever answers.
 */
final class AttachSocket implements AutoCloseable {
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_WORD = 1024;
    private static final int WORDS = 4;
    private static final int BLOCK = 64 << 10;
    private static final long TICK_MILLIS = 50;

    private final Surroundings process;
    private final HeldFolder folder;
    private final String name;
    private final UserPrincipal owner;

    private AttachSocket(Surroundings process, HeldFolder folder, UserPrincipal owner) {
        this.process = process;
        this.folder = folder;
        this.name = ".java_pid" + process.namespacePid();
        this.owner = owner;
    }

    /** Finds a JVM's socket, and has the JVM open it if need be. */
    static AttachSocket of(Surroundings process, Duration patience) throws IOException {
        AttachSocket socket = new AttachSocket(
                process,
                HeldFolder.of(process, "/tmp"),
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("" + process.uid()));
        boolean there = false;
        try {
            socket.open(new Deadline(patience));
            there = true;
            return socket;
        } finally {
            if (!there) {
                socket.close();
            }
        }
    }

    private void open(Deadline deadline) throws IOException {
        Quit.check(process.pid());
        if (isThere()) {
            return;
        }
        String trigger = ".attach_pid" + process.namespacePid();
        boolean made = false;
        try {
            // HotSpot takes it for a wish to attach if it is its user's or root's.
            folder.createTheirs(trigger);
            made = true;
        } catch (FileAlreadyExistsException e) {
            // Another client asks just now.
            made = false;
        }
        try {
            Quit.send(process.pid());
            while (!isThere()) {
                deadline.pause(TICK_MILLIS);
            }
        } finally {
            if (made) {
                folder.delete(trigger);
            }
        }
    }

    private boolean isThere() throws IOException {
        try {
            Inode found = folder.look(name);
            if (!found.isSocket() || found.uid() != process.uid()) {
                throw new IOException("/tmp/" + name + " is no socket of its user but belongs to user " + found.uid()
                        + "; delete it");
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Asks, and returns the answer, which begins with the number of its first line.
     *
     * @param words a command and at most three arguments
     * @throws IOException with one line that says why there is none
     */
    byte[] ask(Duration patience, List<String> words) throws IOException {
        ByteBuffer question = question(words);
        Deadline deadline = new Deadline(patience);
        Quit.check(process.pid());
        if (!isThere()) {
            open(deadline);
        }
        try (Selector selector = Selector.open();
                SocketChannel socket = connect(deadline)) {
            if (!owner.equals(
                    socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user())) {
                throw new IOException("another user answers at /tmp/" + name);
            }
            SelectionKey key = socket.register(selector, SelectionKey.OP_WRITE);
            while (question.hasRemaining()) {
                deadline.await(selector);
                socket.write(question);
            }
            key.interestOps(SelectionKey.OP_READ);
            return answer(socket, selector, deadline);
        }
    }

    private SocketChannel connect(Deadline deadline) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.path(name));
        while (true) {
            SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            boolean connected = false;
            try {
                socket.configureBlocking(false);
                connected = socket.connect(address);
            } catch (java.net.ConnectException e) {
                // Nobody listens: what an earlier process of this number has left.
                throw new IOException("nobody listens at /tmp/" + name + "; delete it", e);
            } catch (IOException e) {
                // Too many wait there already.
                connected = false;
            } finally {
                if (!connected) {
                    socket.close();
                }
            }
            if (connected) {
                return socket;
            }
            deadline.pause(TICK_MILLIS);
        }
    }

    private static ByteBuffer question(List<String> words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("1\0".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < WORDS; i++) {
            byte[] word = (i < words.size() ? words.get(i) : "").getBytes(StandardCharsets.UTF_8);
            if (word.length > MOST_WORD) {
                throw new IOException("options of " + word.length + " bytes are more than a JVM takes");
            }
            bytes.writeBytes(word);
            bytes.write(0);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static byte[] answer(SocketChannel socket, Selector selector, Deadline deadline) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (true) {
            deadline.await(selector);
            int read = socket.read(block.clear());
            if (read < 0) {
                return answer.toByteArray();
            }
            answer.write(block.array(), 0, read);
            if (answer.size() > MOST_BYTES) {
                throw new IOException("its answer does not end");
            }
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }

    /** When to give up. */
    private static final class Deadline {
        private final Duration patience;
        private final long end;

        Deadline(Duration patience) {
            this.patience = patience;
            this.end = System.nanoTime() + patience.toNanos();
        }

        void await(Selector selector) throws IOException {
            selector.select(Math.max(1, left()));
            selector.selectedKeys().clear();
            left();
        }

        void pause(long millis) throws IOException {
            try {
                Thread.sleep(Math.min(millis, left()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        private long left() throws IOException {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IOException("no answer within " + patience.toSeconds() + " s");
            }
            return left;
        }
    }
}
