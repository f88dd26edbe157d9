package iopath.analyzer.calibrate;

import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Calibration.Host;
import iopath.analyzer.price.Point;
import iopath.analyzer.price.Spread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures what a byte costs here: other JVMs move bytes, while this one is the other end. */
public final class Calibrator {
    private final Path parent;
    private final Effort effort;

    /**
     * Prepares to measure.
     *
     * @param parent a directory on the file system whose files are to be moved
     */
    public Calibrator(Path parent, Effort effort) {
        this.parent = parent;
        this.effort = effort;
    }

    /**
     * Measures.
     *
     * @param begins is told the number of each process that begins, from 1
     * @throws IOException if something cannot be made or started; its message says what
     */
    public Calibration measure(Host host, IntConsumer begins) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(parent, "iopath-calibrate");
        Optional<Placement> placement = Placement.here();
        try (Partner drain = Partner.drain();
                Partner reader = Partner.reader();
                Partner feed = Partner.feed()) {
            makeKey(directory.resolve("key.p12"));
            Map<Place, List<Double>> seen = new LinkedHashMap<>();
            for (int process = 0; process < effort.processes(); process++) {
                begins.accept(process + 1);
                Condition condition = Condition.of(process % effort.conditions());
                fill(directory.resolve("data"), condition.pieceBytes());
                if (placement.isPresent()) {
                    placement.get().moveHere(condition.near());
                }
                Map<Place, Double> means =
                        turns(directory, placement, condition.frees(), condition.reads() ? reader : drain, feed)
                                .stream()
                                .collect(Collectors.groupingBy(
                                        turn -> new Place(turn.lane(), turn.chunkBytes()),
                                        LinkedHashMap::new,
                                        Collectors.averagingDouble(Turn::nanosPerByte)));
                means.forEach((place, mean) ->
                        seen.computeIfAbsent(place, p -> new ArrayList<>()).add(mean));
            }
            return new Calibration(host, points(seen));
        } finally {
            if (placement.isPresent()) {
                placement.get().release();
            }
            delete(directory);
        }
    }

    /**
     * What a recording does not tell, so that an interval has to hold both.
     *
     * @param pieceBytes in what pieces the page cache has a file, which is those it was written in
     * @param near whether the other end of a connection runs on the same processor
     * @param reads whether the other end works on what it gets, instead of waiting for more at once
     * @param frees whether the process itself gives back the memory of the file that it wrote, as one does that deletes
     *     or shortens it; else the kernel does so, in its own time
     */
    private record Condition(int pieceBytes, boolean near, boolean reads, boolean frees) {
        private static final int SMALL_PIECE = 16 << 10;
        private static final int LARGE_PIECE = 1 << 20;

        /** Of four, in which each two of the choices meet in each way; no way to move bytes has both of the last two. */
        static Condition of(int index) {
            boolean near = index % 2 == 0;
            boolean works = index >= 2;
            return new Condition(near == works ? SMALL_PIECE : LARGE_PIECE, near, works, works);
        }
    }

    private record Place(Point.Lane lane, int chunkBytes) {}

    private static void fill(Path file, int piece) throws IOException {
        byte[] block = new byte[piece];
        new Random(1).nextBytes(block);
        // A file that is there would keep its pages as they are.
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (channel.position() < Ends.FILE_BYTES) {
                channel.write(ByteBuffer.wrap(block));
            }
        }
    }

    /** With the JDK's own keytool, there being no public API that signs a certificate. */
    private static void makeKey(Path file) throws IOException, InterruptedException {
        Process keytool = process(command(
                        "keytool",
                        List.of(
                                "-genkeypair",
                                "-alias",
                                "key",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                TlsPair.PASSWORD,
                                "-keystore",
                                file.toString())))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + said.strip());
        }
    }

    private List<Turn> turns(Path directory, Optional<Placement> placement, boolean frees, Partner drain, Partner feed)
            throws IOException, InterruptedException {
        List<String> command = command(
                "java",
                List.of(
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        directory.toString(),
                        Integer.toString(drain.port()),
                        Integer.toString(feed.port()),
                        Integer.toString(effort.turns()),
                        Integer.toString(effort.turnMillis()),
                        Boolean.toString(frees)));
        Process sender = process(placement.isPresent() ? placement.get().onFirst(command) : command)
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader lines = sender.inputReader(StandardCharsets.UTF_8)) {
            List<Turn> turns = lines.lines().map(Turn::parse).toList();
            if (sender.waitFor() != 0) {
                throw new IOException("the measuring JVM ended with " + sender.exitValue());
            }
            return turns;
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new IOException("the measuring JVM said what it should not: " + e.getMessage(), e);
        } finally {
            sender.destroy();
        }
    }

    private static List<String> command(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        command.addAll(arguments);
        return command;
    }

    private static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        // What an environment adds to every JVM, agents for one, is not to be measured.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    private List<Point> points(Map<Place, List<Double>> seen) {
        List<Point> points = new ArrayList<>();
        seen.forEach((place, values) ->
                points.add(new Point(place.lane(), place.chunkBytes(), new Spread(values, effort.conditions()))));
        return points;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
