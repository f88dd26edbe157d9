package iopath.it;

import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import iopath.it.scenario.PeerKind;
import iopath.it.scenario.Place;
import iopath.it.scenario.ScenarioMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a scenario in a JVM of its own gave.
 *
 * @param results what must not depend on who watches: the scenario's results, what its peers got, what its files hold
 * @param errors what the JVM wrote to its standard error
 * @param recording the recording, if one was asked for
 * @param syscalls what strace saw, if it was asked to look
 */
record Run(
        List<String> results,
        List<String> errors,
        @Nullable Path recording,
        @Nullable Syscalls syscalls) {

    /** File with what a scenario writes to its standard error. */
    static final String ERRORS = "stderr";

    private static final long TIMEOUT_SECONDS = 60;
    private static final int SEED = 1;

    /** How to run. */
    static final class Plan {

        private final Jdk jdk;
        private final Entry entry;
        private final Path folder;
        private final List<String> options = new ArrayList<>();
        private String main = ScenarioMain.class.getName();
        private boolean traced;
        private @Nullable Path recording;

        /**
         * A plan.
         *
         * @param folder a new one for all files of the run
         */
        Plan(Jdk jdk, Entry entry, Path folder) {
            this.jdk = jdk;
            this.entry = entry;
            this.folder = folder;
            // It is strace that refuses calls.
            traced = entry.scenario().refused().length > 0;
            // The JVM's own voice, out of the scenario's.
            options.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
            options.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
            options.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        }

        /** With the agent. */
        Plan agent() {
            options.add("-javaagent:" + Artefacts.agent());
            return this;
        }

        /** With a look at all content, or at none: at the default rate it depends on the clock what is looked at. */
        Plan exact() {
            options.add("-Diopath.content=" + (entry.scenario().content() ? "1g" : "0"));
            return this;
        }

        /** With a recording of the whole run, but for the event of JFR that asks sockets of its own, after five seconds. */
        Plan record() {
            recording = folder.resolve("run.jfr");
            options.add("-XX:StartFlightRecording:filename=" + recording + ",jdk.NetworkUtilization#enabled=false");
            return this;
        }

        /** With options for the JVM. */
        Plan with(String... more) {
            options.addAll(Arrays.asList(more));
            return this;
        }

        /** Through another main class that ends in {@link ScenarioMain}. */
        Plan main(Class<?> type) {
            main = type.getName();
            return this;
        }

        /** Under strace. */
        Plan trace() {
            traced = true;
            return this;
        }

        /** Runs it; an unexpected end is an {@link AssertionError}. */
        Run run() throws Exception {
            Path directory = Files.createDirectories(folder.resolve("files"));
            Path elsewhere = entry.scenario().otherFileSystem() ? otherFileSystem(folder) : directory;
            try {
                prepare(directory);
                return run(directory, elsewhere);
            } finally {
                if (elsewhere != directory) {
                    delete(elsewhere);
                }
                delete(directory);
            }
        }

        private Run run(Path directory, Path elsewhere) throws Exception {
            Voice voice = new Voice();
            Path unix = Files.createTempDirectory("iopath");
            Path trace = folder.resolve("trace");
            Path errors = folder.resolve(ERRORS);
            try (Peers peers = new Peers(entry.peers(), unix, voice::ready)) {
                ProcessBuilder builder = new ProcessBuilder(command(directory, elsewhere, peers, trace));
                builder.redirectError(errors.toFile());
                builder.environment().remove("JAVA_TOOL_OPTIONS");
                builder.environment().remove("JDK_JAVA_OPTIONS");
                if (entry.peers().contains(PeerKind.TLS_DRAIN) || entry.peers().contains(PeerKind.TLS_SEND)) {
                    builder.environment().put("IOPATH_TEST_KEY", Artefacts.key());
                }
                Process process = builder.start();
                List<String> results = new ArrayList<>(voice.listen(process, peers));
                String failure = end(process);
                if (failure != null) {
                    throw new AssertionError(jdk + " / " + entry + " " + failure + ": " + results + "\n"
                            + Files.readString(errors) + "\n" + builder.command());
                }
                results.addAll(peers.results());
                results.addAll(contents(directory));
                if (!elsewhere.equals(directory)) {
                    results.addAll(contents(elsewhere));
                }
                Syscalls syscalls =
                        traced ? Syscalls.of(trace, jdk.root(), path -> owns(path, directory, elsewhere)) : null;
                return new Run(results, Files.readAllLines(errors), recording, syscalls);
            } finally {
                delete(unix);
            }
        }

        private List<String> command(Path directory, Path elsewhere, Peers peers, Path trace) {
            List<String> command = new ArrayList<>();
            if (traced) {
                command.addAll(List.of("strace", "-f", "--seccomp-bpf", "-y", "-s", "0", "-e", "signal=none"));
                for (String refusal : entry.scenario().refused()) {
                    command.addAll(List.of("-e", "inject=" + refusal));
                }
                command.addAll(
                        List.of("-e", "abbrev=!writev", "-e", "trace=" + Syscalls.TRACED, "-o", trace.toString()));
            }
            command.add(jdk.tool("java"));
            command.addAll(options);
            command.addAll(List.of("-cp", Artefacts.scenarios().toString(), main));
            command.addAll(List.of(entry.id(), directory.toString(), elsewhere.toString()));
            command.addAll(peers.addresses());
            return command;
        }

        private static @Nullable String end(Process process) throws InterruptedException {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return "did not end";
            }
            return process.exitValue() == 0 ? null : "ended with " + process.exitValue();
        }

        /** Whether a file is the scenario's; the JDK's own are in no total. */
        private static boolean owns(String path, Path directory, Path elsewhere) {
            return path.startsWith(directory + "/") || path.startsWith(elsewhere + "/") || path.equals(Place.PROC_FILE);
        }
    }

    /** Whether there is a folder on another file system than the tests' own. */
    static boolean hasOtherFileSystem() throws IOException {
        Path shared = Path.of("/dev/shm");
        if (!Files.isWritable(shared)) {
            return false;
        }
        FileStore here = Files.getFileStore(Artefacts.workFolder());
        return !here.equals(Files.getFileStore(shared));
    }

    private static Path otherFileSystem(Path folder) throws IOException {
        return Files.createTempDirectory(Path.of("/dev/shm"), "iopath-" + folder.getFileName());
    }

    /** Deletes a folder and all in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void prepare(Path directory) throws IOException, InterruptedException {
        byte[] data = new byte[Place.MIB];
        new Random(SEED).nextBytes(data);
        Files.write(directory.resolve(Place.DATA), data);
        Files.write(directory.resolve(Place.SMALL), Arrays.copyOf(data, Place.SMALL_BYTES));
        Files.write(directory.resolve(Place.ZEROS), new byte[Place.ZERO_BYTES]);
        Files.createFile(directory.resolve(Place.EMPTY));
        try (RandomAccessFile large =
                new RandomAccessFile(directory.resolve(Place.LARGE).toFile(), "rw")) {
            large.write(data);
            large.setLength(Place.LARGE_BYTES);
        }
        Path fifo = directory.resolve(Place.FIFO);
        if (new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException("mkfifo failed");
        }
    }

    private static List<String> contents(Path directory) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().filter(Files::isRegularFile).toList()) {
                CRC32 crc = new CRC32();
                crc.update(Files.readAllBytes(file));
                contents.add("file " + file.getFileName() + " has " + Files.size(file) + " bytes, CRC "
                        + Long.toHexString(crc.getValue()));
            }
        }
        return contents;
    }

    /** The line between a scenario and its peers. */
    private static final class Voice {

        private @Nullable Process process;
        private boolean ready;

        /** A peer has sent everything, maybe before the process is known here. */
        synchronized void ready() {
            ready = true;
            tell();
        }

        private synchronized void speaksTo(Process started) {
            process = started;
            tell();
        }

        private void tell() {
            if (ready && process != null) {
                try (Writer out = process.outputWriter(StandardCharsets.US_ASCII)) {
                    out.write(Place.READY + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        /** The results that the scenario says, to its end. */
        List<String> listen(Process started, Peers peers) throws IOException {
            speaksTo(started);
            List<String> results = new ArrayList<>();
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.equals(Place.DRAIN)) {
                        peers.drain();
                    } else if (line.startsWith(Place.RESULT)) {
                        results.add(line.substring(Place.RESULT.length()));
                    }
                }
            }
            return results;
        }
    }
}
