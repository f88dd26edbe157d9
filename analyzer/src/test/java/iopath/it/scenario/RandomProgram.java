package iopath.it.scenario;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes at random, in all ways that the JDK has, and knows of each byte that it writes where it came from.
 *
 * <p>{@code -Diopath.it.seed} says which program it is. A worker has memory, files, a pipe and a socket of its own, and
 * runs each step in a thread of its own choice; workers run at once.
 */
final class RandomProgram {

    private static final String[] SOURCES = {Place.DATA, Place.SMALL, Place.ZEROS, Place.LARGE};
    private static final int MOST_IN_FLIGHT = 48 << 10;
    private static final int TARGETS = 3;
    private static final int MEMORIES = 6;
    private static final int THREADS = 3;

    private RandomProgram() {}

    @Scenario(
            value = "a random program",
            peers = {PeerKind.DRAIN, PeerKind.DRAIN_UNIX},
            varies = true)
    static void run(Place place) throws Exception {
        long seed = Long.getLong("iopath.it.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        int workers = 1 + random.nextInt(3);
        int steps = Integer.getInteger("iopath.it.steps", 300);
        Oracle oracle = new Oracle();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try (SocketChannel inet = place.connect(0);
                SocketChannel unix = place.connect(1)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                SplittableRandom own = random.split();
                // The peers have one connection each: they are the first worker's.
                Worker worker = new Worker(place, oracle, own, i, i == 0 ? List.of(inet, unix) : List.of());
                running.add(threads.submit(() -> {
                    worker.run(steps);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        oracle.tell(place);
    }

    /** Memory that is read into and written from, with its shadow. */
    private static final class Piece {

        ByteBuffer root;
        final Shadow shadow;
        final boolean fixed;
        final int mapped;

        /** What frees it, if that is not the buffer's own cleaner. */
        @Nullable
        Segment segment;

        Piece(ByteBuffer root, boolean fixed, int mapped) {
            this.root = root;
            this.fixed = fixed;
            this.mapped = mapped;
            this.shadow = new Shadow(root.capacity(), address(root));
            shadow.shows(mapped);
        }

        int size() {
            return root.capacity();
        }

        byte @Nullable [] array() {
            return root.hasArray() ? root.array() : null;
        }
    }

    /** A range of some memory. */
    private record Range(Piece piece, int from, int to) {

        int length() {
            return to - from;
        }
    }

    /** A way out of this process and back into it. */
    private static final class Loop {

        final int endpoint;
        final WritableByteChannel in;
        final ReadableByteChannel out;
        int inFlight;

        Loop(int endpoint, WritableByteChannel in, ReadableByteChannel out) {
            this.endpoint = endpoint;
            this.in = in;
            this.out = out;
        }
    }

    /** Where bytes can be written. */
    private record Sink(
            int endpoint,
            WritableByteChannel channel,
            @Nullable Loop loop,
            @Nullable Path file) {}

    private static final class Worker {

        private final Place place;
        private final Oracle oracle;
        private final SplittableRandom random;
        private final List<Piece> pieces = new ArrayList<>();
        private final List<Loop> loops = new ArrayList<>();
        private final List<Sink> sinks = new ArrayList<>();
        private final List<Path> files = new ArrayList<>();
        private final List<Integer> fileNumbers = new ArrayList<>();
        private final List<FileChannel> channels = new ArrayList<>();
        private final String name;
        private final boolean encrypts;
        private int made;
        private @Nullable TlsPair tls;
        private @Nullable SocketChannel near;
        private @Nullable SocketChannel far;

        Worker(Place place, Oracle oracle, SplittableRandom random, int number, List<SocketChannel> peers)
                throws Exception {
            this.place = place;
            this.oracle = oracle;
            this.random = random;
            this.name = "w" + number;
            // It takes a second to begin.
            this.encrypts = number == 0 && random.nextInt(3) == 0;
            for (String source : SOURCES) {
                open(place.file(source), StandardOpenOption.READ);
            }
            for (int i = 0; i < TARGETS; i++) {
                Path file = place.file(name + "-t" + i);
                FileChannel channel =
                        open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
                sinks.add(new Sink(fileNumbers.get(fileNumbers.size() - 1), channel, null, file));
            }
            Path appended = place.file(name + "-append");
            FileChannel append = FileChannel.open(appended, StandardOpenOption.APPEND, StandardOpenOption.CREATE_NEW);
            channels.add(append);
            sinks.add(new Sink(oracle.endpoint("file " + name + "-append"), append, null, appended));
            Pipe pipe = Pipe.open();
            loop("pipe", pipe.sink(), pipe.source());
            try (ServerSocketChannel server =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                loop("socket", client, server.accept());
            }
            Path path = place.file(name + "-u");
            try (ServerSocketChannel server =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))) {
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                loop("socket", client, server.accept());
            }
            Files.delete(path);
            asynchronousLoop();
            for (SocketChannel peer : peers) {
                sinks.add(new Sink(oracle.endpoint("socket"), peer, null, null));
            }
            for (int i = 0; i < MEMORIES; i++) {
                pieces.add(fresh());
            }
        }

        private void asynchronousLoop() throws Exception {
            try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                Future<AsynchronousSocketChannel> accepted = server.accept();
                AsynchronousSocketChannel client = AsynchronousSocketChannel.open();
                client.connect(server.getLocalAddress()).get();
                loop("socket", new AsyncEnd(client), new AsyncEnd(accepted.get()));
            }
        }

        private FileChannel open(Path file, StandardOpenOption... options) throws IOException {
            FileChannel channel = FileChannel.open(file, options);
            channels.add(channel);
            files.add(file);
            fileNumbers.add(oracle.endpoint("file " + file.getFileName()));
            return channel;
        }

        private void loop(String kind, WritableByteChannel in, ReadableByteChannel out) {
            Loop loop = new Loop(oracle.endpoint(kind), in, out);
            loops.add(loop);
            sinks.add(new Sink(loop.endpoint, in, loop, null));
        }

        void run(int steps) throws Exception {
            ExecutorService[] threads = new ExecutorService[THREADS];
            for (int i = 0; i < THREADS; i++) {
                threads[i] = Executors.newSingleThreadExecutor();
            }
            try {
                for (int i = 0; i < steps; i++) {
                    Callable<@Nullable Void> step = () -> {
                        step();
                        return null;
                    };
                    if (Virtual.areThere() && random.nextInt(8) == 0) {
                        Virtual.call(step);
                    } else {
                        threads[random.nextInt(THREADS)].submit(step).get();
                    }
                }
                for (Loop loop : loops) {
                    drain(loop);
                    loop.in.close();
                    loop.out.close();
                }
                for (FileChannel channel : channels) {
                    channel.close();
                }
                if (near != null && far != null) {
                    near.close();
                    far.close();
                }
            } finally {
                for (ExecutorService thread : threads) {
                    thread.shutdown();
                }
            }
        }

        private void step() throws Exception {
            int dice = random.nextInt(118);
            if (dice < 22) {
                readFile();
            } else if (dice < 27) {
                readStream();
            } else if (dice < 30) {
                scatter();
            } else if (dice < 50) {
                write(range(), sink());
            } else if (dice < 55) {
                gather();
            } else if (dice < 59) {
                writeStream();
            } else if (dice < 68) {
                change();
            } else if (dice < 74) {
                copy();
            } else if (dice < 79) {
                compact();
            } else if (dice < 84) {
                replace();
            } else if (dice < 90) {
                transfer();
            } else if (dice < 93) {
                copyFile();
            } else if (dice < 100) {
                drain(loops.get(random.nextInt(loops.size())));
            } else if (dice < 103) {
                readAsynchronously();
            } else if (dice < 105) {
                writeAsynchronously();
            } else if (dice < 108) {
                copyStream();
            } else if (dice < 113) {
                fail();
            } else if (dice < 114) {
                flood();
            } else if (encrypts) {
                encrypt();
            }
        }

        // Memory.

        private Piece fresh() throws Exception {
            int size = size();
            int kind = random.nextInt(12);
            if (kind == 10 && Segment.areThere()) {
                return segment(size);
            }
            if (kind == 11) {
                return copiedMapping(size);
            }
            if (kind < 4) {
                return new Piece(ByteBuffer.allocate(size), false, 0);
            }
            if (kind < 8 || kind == 10) {
                return new Piece(ByteBuffer.allocateDirect(size), false, 0);
            }
            int file = random.nextInt(SOURCES.length);
            FileChannel channel = channels.get(file);
            long length = Math.min(channel.size(), size);
            if (kind == 8) {
                ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, length);
                return new Piece(mapped, true, fileNumbers.get(file));
            }
            try (FileChannel own = FileChannel.open(files.get(file), StandardOpenOption.READ)) {
                ByteBuffer mapped = own.map(MapMode.READ_ONLY, 0, length);
                return new Piece(mapped, true, fileNumbers.get(file));
            }
        }

        private static Piece segment(int size) throws ReflectiveOperationException {
            Segment segment = Segment.allocateShared(size);
            Piece piece = new Piece(segment.buffer(), false, 0);
            piece.segment = segment;
            return piece;
        }

        /** A mapping that can be written to, while the file stays as it is. */
        private Piece copiedMapping(int size) throws IOException {
            int file = random.nextInt(SOURCES.length);
            try (FileChannel own =
                    FileChannel.open(files.get(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer mapped = own.map(MapMode.PRIVATE, 0, Math.min(own.size(), size));
                return new Piece(mapped, false, fileNumbers.get(file));
            }
        }

        private int size() {
            return switch (random.nextInt(4)) {
                case 0 -> 16 + random.nextInt(2000);
                case 1 -> 8 << 10;
                case 2 -> 1000 + random.nextInt(60_000);
                default -> 16 << 10 << random.nextInt(4);
            };
        }

        /** Frees some memory, and takes new: often at the same address, and of the same content. */
        private void replace() throws Exception {
            int at = random.nextInt(pieces.size());
            Piece old = pieces.get(at);
            if (old.segment != null) {
                old.segment.free();
                pieces.set(at, random.nextBoolean() ? segment(old.size()) : fresh());
                return;
            }
            if (old.root.isDirect() && random.nextInt(4) > 0) {
                int size = old.size();
                boolean again = old.mapped == 0;
                free(old.root);
                if (again) {
                    pieces.set(at, new Piece(ByteBuffer.allocateDirect(size), false, 0));
                    return;
                }
            }
            pieces.set(at, fresh());
        }

        private Piece piece() {
            return pieces.get(random.nextInt(pieces.size()));
        }

        private Piece writable() throws IOException {
            for (int i = 0; i < 20; i++) {
                Piece piece = piece();
                if (!piece.fixed) {
                    return piece;
                }
            }
            Piece made = new Piece(ByteBuffer.allocate(size()), false, 0);
            pieces.set(0, made);
            return made;
        }

        private Range range() {
            return range(piece());
        }

        /** Mostly what was there from the start on; else any part. */
        private Range range(Piece piece) {
            int size = piece.size();
            return switch (random.nextInt(5)) {
                case 0, 1 -> new Range(piece, 0, size);
                case 2 -> new Range(piece, 0, random.nextInt(size + 1));
                case 3 -> {
                    int from = random.nextInt(size);
                    yield new Range(piece, from, from + random.nextInt(size - from + 1));
                }
                default -> {
                    int from = random.nextInt(size);
                    yield new Range(piece, from, Math.min(size, from + random.nextInt(600)));
                }
            };
        }

        /** A buffer whose remaining bytes are the range, and how far its position lies behind that. */
        private ByteBuffer view(Range range, boolean toRead) {
            ByteBuffer root = range.piece.root.duplicate();
            byte[] array = range.piece.array();
            ByteBuffer view = switch (random.nextInt(array == null ? 3 : 4)) {
                case 0 -> root.limit(range.to).position(range.from);
                case 1 -> root.slice(range.from, range.length());
                case 2 -> {
                    int before = random.nextInt(range.from + 1);
                    ByteBuffer slice = root.slice(before, root.capacity() - before);
                    yield slice.limit(range.to - before).position(range.from - before);
                }
                default -> ByteBuffer.wrap(Objects.requireNonNull(array), range.from, range.length());
            };
            view = random.nextBoolean() ? view.order(ByteOrder.LITTLE_ENDIAN) : view;
            return !toRead && random.nextInt(4) == 0 ? view.asReadOnlyBuffer() : view;
        }

        /** Makes bytes of its own, or changes those that are there. */
        private void change() throws IOException {
            Piece piece = writable();
            Range range = range(piece);
            for (int i = range.from; i < range.to; i++) {
                byte was = piece.root.get(i);
                piece.root.put(i, (byte) (was + 1 + random.nextInt(255)));
            }
            piece.shadow.made(range.from, range.to);
        }

        private void copy() throws IOException {
            Range source = range();
            Piece piece = writable();
            int length = Math.min(source.length(), piece.size());
            if (piece == source.piece || length == 0) {
                return;
            }
            int at = random.nextInt(piece.size() - length + 1);
            // What is there already cannot be told from what is put there.
            int same = 0;
            for (int i = 0; i < length; i++) {
                same = piece.root.get(at + i) == source.piece.root.get(source.from + i) ? same + 1 : 0;
                if (same == Long.BYTES) {
                    return;
                }
            }
            piece.root.put(at, source.piece.root, source.from, length);
            piece.shadow.copied(at, source.piece.shadow, source.piece.root, source.from, length);
        }

        private void compact() throws IOException {
            Piece piece = writable();
            Range range = range(piece);
            int base = random.nextInt(range.from + 1);
            ByteBuffer part = piece.root.slice(base, piece.size() - base);
            part.limit(range.to - base).position(range.from - base);
            part.compact();
            piece.shadow.compacted(piece.root, base, range.from, range.to);
        }

        // Reads.

        private void readFile() throws IOException {
            Range range = range(writable());
            int file = random.nextInt(files.size());
            FileChannel channel = channels.get(file);
            ByteBuffer view = view(range, true);
            long at = position(channel);
            int count;
            if (random.nextBoolean()) {
                count = channel.read(view, at);
            } else {
                // Others read there too: the position is what it is.
                count = channel.position(at).read(view);
            }
            arrived(range, count, fileNumbers.get(file));
        }

        private long position(FileChannel channel) throws IOException {
            long size = Math.min(channel.size(), Place.MIB);
            return random.nextInt(3) == 0 ? 0 : random.nextLong(size + 1);
        }

        private void arrived(Range range, int count, int source) {
            if (count > 0) {
                oracle.brought(range.piece.root, range.from, range.from + count, source);
                range.piece.shadow.read(range.piece.root, range.from, range.from + count, source);
            }
        }

        private void readStream() throws IOException {
            Range range = range(writable());
            byte[] array = range.piece.array();
            if (array == null || range.length() == 0) {
                return;
            }
            int file = random.nextInt(files.size());
            if (random.nextBoolean()) {
                try (InputStream in = new FileInputStream(files.get(file).toFile())) {
                    int count = in.read(array, range.from, range.length());
                    arrived(range, count, fileNumbers.get(file));
                }
            } else {
                try (RandomAccessFile in = new RandomAccessFile(files.get(file).toFile(), "r")) {
                    in.seek(position(channels.get(file)));
                    int count = in.read(array, range.from, range.length());
                    arrived(range, count, fileNumbers.get(file));
                }
            }
        }

        private void scatter() throws IOException {
            int file = random.nextInt(files.size());
            FileChannel channel = channels.get(file);
            List<Range> ranges = new ArrayList<>();
            ByteBuffer[] views = new ByteBuffer[1 + random.nextInt(4)];
            for (int i = 0; i < views.length; i++) {
                Range any = range(writable());
                boolean taken = ranges.stream().anyMatch(other -> other.piece == any.piece);
                Range range = taken ? new Range(any.piece, 0, 0) : any;
                ranges.add(range);
                views[i] = view(range, true);
            }
            channel.position(position(channel));
            long left = channel.read(views);
            for (Range range : ranges) {
                int count = (int) Math.min(Math.max(left, 0), range.length());
                arrived(range, count, fileNumbers.get(file));
                left -= count;
            }
        }

        /** Reads all that is on its way, so that writing into the loop can go on. */
        private void drain(Loop loop) throws IOException {
            while (loop.inFlight > 0) {
                Range range = range(writable());
                if (range.length() == 0) {
                    continue;
                }
                byte[] array = range.piece.array();
                int count = array != null && random.nextInt(4) == 0
                        ? Channels.newInputStream(loop.out).read(array, range.from, range.length())
                        : loop.out.read(view(range, true));
                arrived(range, count, loop.endpoint);
                loop.inFlight -= count;
            }
        }

        // Writes.

        private Sink sink() {
            return sinks.get(random.nextInt(sinks.size()));
        }

        private void makeRoom(Sink sink) throws IOException {
            if (sink.loop != null) {
                drain(sink.loop);
            }
        }

        private Range inFlight(Range range, Sink sink) {
            return sink.loop == null || range.length() <= MOST_IN_FLIGHT
                    ? range
                    : new Range(range.piece, range.from, range.from + MOST_IN_FLIGHT);
        }

        private void write(Range whole, Sink sink) throws IOException {
            makeRoom(sink);
            Range range = inFlight(whole, sink);
            if (random.nextInt(4) == 0) {
                range = half(range);
            }
            ByteBuffer view = view(range, false);
            int from = range.from;
            while (view.hasRemaining()) {
                int count;
                if (sink.channel instanceof FileChannel file && sink.file != null && random.nextInt(3) == 0) {
                    count = file.write(view, random.nextInt(100_000));
                } else {
                    count = sink.channel.write(view);
                }
                sent(range.piece, from, from + count, sink);
                from += count;
                if (random.nextInt(8) == 0) {
                    return;
                }
            }
        }

        private Range half(Range range) {
            return new Range(range.piece, range.from, range.from + range.length() / 2);
        }

        private void sent(Piece piece, int from, int to, Sink sink) {
            piece.shadow.written(piece.root, from, to, oracle, sink.endpoint);
            if (sink.loop != null) {
                sink.loop.inFlight += to - from;
            }
        }

        private void gather() throws IOException {
            Sink sink = sink();
            if (!(sink.channel instanceof GatheringByteChannel)) {
                return;
            }
            makeRoom(sink);
            ByteBuffer[] views = new ByteBuffer[2 + random.nextInt(5)];
            List<Range> ranges = new ArrayList<>();
            int sum = 0;
            for (int i = 0; i < views.length; i++) {
                Range range = inFlight(range(), sink);
                while (sink.loop != null && sum + range.length() > MOST_IN_FLIGHT) {
                    range = half(range);
                }
                sum += range.length();
                ranges.add(range);
                views[i] = view(range, false);
            }
            long left = ((GatheringByteChannel) sink.channel).write(views);
            for (Range range : ranges) {
                int count = (int) Math.min(left, range.length());
                sent(range.piece, range.from, range.from + count, sink);
                left -= count;
            }
        }

        private void writeStream() throws IOException {
            Range whole = range();
            byte[] array = whole.piece.array();
            if (array == null) {
                return;
            }
            Sink sink = sink();
            makeRoom(sink);
            Range range = inFlight(whole, sink);
            if (sink.file != null && random.nextBoolean()) {
                try (OutputStream out = new FileOutputStream(sink.file.toFile(), true)) {
                    out.write(array, range.from, range.length());
                }
            } else if (sink.file != null && random.nextBoolean()) {
                try (RandomAccessFile out = new RandomAccessFile(sink.file.toFile(), "rw")) {
                    out.seek(random.nextInt(100_000));
                    out.writeBytes("a text");
                    out.write(array, range.from, range.length());
                    out.seek(0);
                    out.readInt();
                }
            } else {
                Channels.newOutputStream(sink.channel).write(array, range.from, range.length());
            }
            sent(range.piece, range.from, range.to, sink);
        }

        // Both.

        private void transfer() throws IOException {
            int file = random.nextInt(files.size());
            FileChannel source = channels.get(file);
            Sink sink = sink();
            makeRoom(sink);
            if (sink.endpoint == fileNumbers.get(file)) {
                return;
            }
            long at = position(source);
            long most = sink.loop != null ? MOST_IN_FLIGHT : 200_000;
            long count = random.nextLong(most + 1);
            long moved;
            Path target = sink.file;
            boolean into = sink.channel instanceof FileChannel && target != null && random.nextBoolean();
            if (into && target != null && !target.toString().endsWith("append")) {
                ReadableByteChannel from =
                        random.nextInt(3) == 0 ? new BareSource(source.position(at)) : source.position(at);
                long size = ((FileChannel) sink.channel).size();
                moved = ((FileChannel) sink.channel).transferFrom(from, random.nextLong(size + 1), count);
            } else {
                WritableByteChannel to = random.nextInt(3) == 0 ? new BareChannel(sink.channel) : sink.channel;
                moved = source.transferTo(at, count, to);
            }
            oracle.moved(fileNumbers.get(file), sink.endpoint, moved);
            if (sink.loop != null) {
                sink.loop.inFlight += (int) moved;
            }
        }

        /** Streams pass whole files on, which the JDK may do in the kernel. */
        private void copyStream() throws IOException {
            Sink sink = sink();
            int file = sink.loop == null ? random.nextInt(SOURCES.length - 1) : 1;
            makeRoom(sink);
            long moved;
            OutputStream out = sink.channel instanceof SocketChannel socket && random.nextBoolean() && !isUnix(socket)
                    ? socket.socket().getOutputStream()
                    : Channels.newOutputStream(sink.channel);
            switch (random.nextInt(3)) {
                case 0 -> moved = Files.copy(files.get(file), out);
                case 1 -> {
                    try (InputStream in = new FileInputStream(files.get(file).toFile())) {
                        moved = in.transferTo(out);
                    }
                }
                default -> {
                    try (InputStream in = Files.newInputStream(files.get(file))) {
                        moved = in.transferTo(out);
                    }
                }
            }
            oracle.moved(fileNumbers.get(file), sink.endpoint, moved);
            if (sink.loop != null) {
                sink.loop.inFlight += (int) moved;
            }
        }

        private static boolean isUnix(SocketChannel socket) throws IOException {
            return socket.getLocalAddress() instanceof UnixDomainSocketAddress;
        }

        private void readAsynchronously() throws IOException {
            Range range = range(writable());
            int file = random.nextInt(files.size());
            try (AsynchronousFileChannel channel =
                    AsynchronousFileChannel.open(files.get(file), StandardOpenOption.READ)) {
                int count = AsyncEnd.await(channel.read(view(range, true), position(channels.get(file))));
                arrived(range, count, fileNumbers.get(file));
            }
        }

        private void writeAsynchronously() throws IOException {
            Sink sink = sink();
            if (sink.file == null) {
                return;
            }
            Range range = range();
            try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(sink.file, StandardOpenOption.WRITE)) {
                int count = AsyncEnd.await(channel.write(view(range, false), random.nextInt(100_000)));
                sent(range.piece, range.from, range.from + count, sink);
            }
        }

        /** Writes into a loop that does not block, until it takes no more. */
        private void flood() throws IOException {
            Loop loop = loops.get(1 + random.nextInt(2));
            SocketChannel in = (SocketChannel) loop.in;
            Sink sink =
                    sinks.stream().filter(one -> one.loop == loop).findFirst().orElseThrow();
            in.configureBlocking(false);
            for (int i = 0; i < 40; i++) {
                Range range = range();
                int count = in.write(view(range, false));
                sent(range.piece, range.from, range.from + count, sink);
                long moved = channels.get(0).transferTo(0, 100_000, in);
                oracle.moved(fileNumbers.get(0), loop.endpoint, moved);
                loop.inFlight += (int) moved;
                if (moved == 0) {
                    break;
                }
            }
            in.configureBlocking(true);
            drain(loop);
        }

        /** Goes wrong, or has nothing to do, in some way: whatever the JDK makes of it, no byte moves. */
        private void fail() throws Exception {
            Path file = files.get(random.nextInt(SOURCES.length));
            ByteBuffer some = random.nextBoolean() ? ByteBuffer.allocate(100) : ByteBuffer.allocateDirect(100);
            ByteBuffer none = random.nextBoolean() ? ByteBuffer.allocate(0) : ByteBuffer.allocateDirect(0);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    InputStream stream = new FileInputStream(file.toFile())) {
                Sink sink = sink();
                switch (random.nextInt(11)) {
                    case 0 -> {
                        stream.close();
                        fails(() -> stream.read(new byte[100]));
                    }
                    case 1 -> interrupted(() -> channel.read(some));
                    case 2 -> {
                        // It closes both.
                        try (FileChannel target =
                                FileChannel.open(place.file(name + "-t0"), StandardOpenOption.WRITE)) {
                            interrupted(() -> channel.transferTo(0, 100, target));
                        }
                    }
                    case 3 -> fails(() -> channel.write(some));
                    case 4 -> fails(() -> channel.read(some.asReadOnlyBuffer()));
                    case 5 -> {
                        channel.read(none);
                        channel.read(new ByteBuffer[] {none, ByteBuffer.allocate(0)});
                        stream.read(new byte[0]);
                        channel.transferTo(0, 0, sink.channel);
                    }
                    case 6 -> {
                        sink.channel.write(none);
                        if (sink.channel instanceof GatheringByteChannel gathering) {
                            gathering.write(new ByteBuffer[] {none, ByteBuffer.allocate(0)});
                        }
                        Channels.newOutputStream(sink.channel).write(new byte[0]);
                    }
                    case 7 -> {
                        channel.read(some, channel.size());
                        channel.position(channel.size() + 5).read(new ByteBuffer[] {some, none});
                        channel.transferTo(channel.size(), 100, sink.channel);
                        channel.transferTo(channel.size() + 5, 100, sink.channel);
                    }
                    case 8 -> {
                        channel.close();
                        fails(() -> channel.read(some));
                        fails(() -> channels.get(0).transferTo(0, 100, channel));
                    }
                    case 9 -> fails(() -> stream.read(new byte[10], 5, 6));
                    default ->
                        interrupted(() -> {
                            try (FileChannel other =
                                    FileChannel.open(place.file(name + "-t0"), StandardOpenOption.WRITE)) {
                                return other.write(new ByteBuffer[] {some, none});
                            }
                        });
                }
            }
        }

        private static void fails(Callable<?> work) throws Exception {
            try {
                work.call();
            } catch (IOException | RuntimeException e) {
                return;
            }
            throw new IllegalStateException("did not fail");
        }

        private static void interrupted(Callable<?> work) throws Exception {
            Thread.currentThread().interrupt();
            try {
                fails(work);
            } finally {
                Thread.interrupted();
            }
        }

        /** From memory through an engine to a socket, and back. */
        private void encrypt() throws Exception {
            TlsPair pair = tls;
            if (pair == null) {
                try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                    SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    SocketChannel accepted = server.accept();
                    pair = new TlsPair(random.split(), client, accepted);
                    tls = pair;
                    near = client;
                    far = accepted;
                }
            }
            int endpoint = oracle.endpoint("socket");
            int left = TlsPair.RECORD;
            List<Range> ranges = new ArrayList<>();
            ByteBuffer[] views = new ByteBuffer[1 + random.nextInt(3)];
            for (int i = 0; i < views.length; i++) {
                Range range = range();
                range = new Range(range.piece, range.from, range.from + Math.min(range.length(), left));
                left -= range.length();
                ranges.add(range);
                views[i] = view(range, false);
            }
            pair.send(views);
            for (Range range : ranges) {
                range.piece.shadow.written(range.piece.root, range.from, range.to, oracle, endpoint);
            }
            for (int sum = TlsPair.RECORD - left; sum > 0; ) {
                Piece piece = writable();
                if (piece.size() < 2 * TlsPair.RECORD) {
                    piece = new Piece(
                            random.nextBoolean()
                                    ? ByteBuffer.allocate(2 * TlsPair.RECORD)
                                    : ByteBuffer.allocateDirect(2 * TlsPair.RECORD),
                            false,
                            0);
                    pieces.set(random.nextInt(pieces.size()), piece);
                }
                int from = random.nextInt(1000);
                Range range = new Range(piece, from, piece.size());
                int count = pair.receive(view(range, true));
                arrived(range, count, endpoint);
                sum -= count;
            }
        }

        private void copyFile() throws IOException {
            int file = random.nextInt(files.size());
            String target = name + "-c" + made++ % 2;
            Path copy = place.file(target);
            long size = Files.size(files.get(file));
            if (size > 2 * Place.MIB) {
                return;
            }
            if (random.nextBoolean()) {
                Files.copy(files.get(file), copy, StandardCopyOption.REPLACE_EXISTING);
            } else {
                try (InputStream in = new FileInputStream(files.get(file).toFile());
                        OutputStream out = new FileOutputStream(copy.toFile())) {
                    size = in.transferTo(out);
                }
            }
            oracle.moved(fileNumbers.get(file), oracle.endpoint("file " + target), size);
        }
    }

    private static long address(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return 0;
        }
        try {
            Field address = Buffer.class.getDeclaredField("address");
            address.setAccessible(true);
            return address.getLong(buffer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void free(ByteBuffer buffer) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field unsafe = type.getDeclaredField("theUnsafe");
        unsafe.setAccessible(true);
        Method clean = type.getMethod("invokeCleaner", ByteBuffer.class);
        clean.invoke(unsafe.get(null), buffer);
    }
}
