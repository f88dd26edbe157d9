package iopath.analyzer.read;

import iopath.analyzer.event.Decoder;
import iopath.analyzer.event.EventSink;
import iopath.analyzer.event.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads recordings chunk by chunk, in memory that does not grow with them. */
public final class RecordingReader {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventSink sink;
    private final EventDecoder decoder;
    private final Watchdog watchdog = new Watchdog(PATIENCE);
    private final List<String> warnings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> chunks = new ArrayList<>();
    private long startNanos = Long.MAX_VALUE;
    private long endNanos = Long.MIN_VALUE;

    public RecordingReader(EventSink sink) {
        this.sink = sink;
        this.decoder = new EventDecoder(sink);
    }

    /**
     * Reads all of the files; a chunk that is in several of them counts once.
     *
     * @throws UnreadableException if nothing of one of them can be read
     */
    public Reading read(List<Path> files) throws UnreadableException {
        List<ChunkIndex> indexes = new ArrayList<>();
        for (Path file : files) {
            indexes.add(index(file));
        }
        Map<ChunkHeader.Identity, Chunk> longest = longestOfEach(indexes);
        for (int i = 0; i < files.size(); i++) {
            read(files.get(i), indexes.get(i), longest);
        }
        return new Reading(files.stream().map(Path::toString).toList(), startNanos, endNanos, warnings, notes, chunks);
    }

    private ChunkIndex index(Path file) throws UnreadableException {
        if (Files.isDirectory(file)) {
            throw new UnreadableException(file + " is a directory; name the recordings in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnreadableException(file + " is no regular file; copy what it gives to one first");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Bytes bytes = new Bytes(channel);
            if (bytes.length() == 0) {
                throw new UnreadableException(file + " is empty; was the JVM still recording, or killed?");
            }
            ChunkIndex index = ChunkIndex.of(file, bytes);
            if (index.chunks().isEmpty()) {
                throw new UnreadableException(file + " is not a JFR recording; " + hint(bytes.at(0, 2)));
            }
            return index;
        } catch (NoSuchFileException e) {
            throw new UnreadableException(file + " does not exist; check the path");
        } catch (IOException e) {
            throw new UnreadableException(file + " cannot be read (" + reason(e) + "); check its permissions");
        }
    }

    private static String hint(ByteBuffer start) {
        boolean gzip = start.remaining() == 2 && start.get(0) == (byte) 0x1f && start.get(1) == (byte) 0x8b;
        return gzip ? "it is gzipped: unpack it first" : "name a file that jcmd JFR.dump or the agent has written";
    }

    private static Map<ChunkHeader.Identity, Chunk> longestOfEach(List<ChunkIndex> indexes) {
        Map<ChunkHeader.Identity, Chunk> longest = new HashMap<>();
        for (ChunkIndex index : indexes) {
            for (Chunk chunk : index.chunks()) {
                longest.merge(
                        chunk.header().identity(), chunk, (a, b) -> b.end() - b.begin() > a.end() - a.begin() ? b : a);
            }
        }
        return longest;
    }

    private void read(Path file, ChunkIndex index, Map<ChunkHeader.Identity, Chunk> longest)
            throws UnreadableException {
        sink.file(file.toString());
        if (index.strayBytes() > 0) {
            warnings.add(file + ": " + index.strayBytes() + " bytes belong to no chunk and were skipped");
        }
        int repeated = 0;
        int lost = 0;
        for (Chunk chunk : index.chunks()) {
            if (longest.get(chunk.header().identity()) != chunk) {
                repeated++;
            } else if (!read(chunk)) {
                lost++;
            }
        }
        if (decoder.takeLostBytes() > 0) {
            warnings.add(file + ": " + Decoder.EVENTS_LOST);
        }
        if (repeated > 0) {
            notes.add(file + ": " + repeated + " of " + index.chunks().size()
                    + " chunks stand elsewhere too; each counts once");
        }
        if (lost == index.chunks().size()) {
            throw new UnreadableException(warnings.get(warnings.size() - 1) + "; nothing of " + file
                    + " can be read: record again, or name the chunks of the JVM's JFR repository");
        }
    }

    /** Whether anything of a chunk could be read. */
    private boolean read(Chunk chunk) {
        try (FileChannel channel = FileChannel.open(chunk.file(), StandardOpenOption.READ)) {
            Bytes bytes = new Bytes(channel);
            if (!chunk.header().compressed()) {
                return lost(chunk, "its integers are in a form that no JDK writes");
            }
            ChunkScan scan = ChunkScan.of(bytes, chunk, decoder.names());
            if (scan.metadata() == 0) {
                return lost(chunk, "it was cut before its metadata, which the JVM writes after a second or at its end");
            }
            boolean asItIs = scan.asHeaderSays() && chunk.fills(bytes.length());
            ChunkParser.Result result =
                    asItIs ? parse(chunk.file()) : parseCopy(channel, chunk, scan, scan.constants());
            if (result.isNothing() && scan.wantedEvents() > 0) {
                // Damaged constants stop the parser before the first event; most sums do without them.
                result = parseCopy(channel, chunk, scan, 0);
            }
            return judge(chunk, scan, result);
        } catch (IOException e) {
            return lost(chunk, reason(e));
        }
    }

    private ChunkParser.Result parse(Path file) {
        return new ChunkParser(decoder, watchdog).parse(file);
    }

    private ChunkParser.Result parseCopy(FileChannel channel, Chunk chunk, ChunkScan scan, long constants)
            throws IOException {
        try (ChunkCopy copy = ChunkCopy.of(channel, chunk, scan, constants)) {
            return parse(copy.file());
        }
    }

    private boolean judge(Chunk chunk, ChunkScan scan, ChunkParser.Result result) {
        long missing = Math.max(result.refused(), scan.wantedEvents() - result.delivered());
        if (result.delivered() == 0 && missing > 0) {
            return lost(chunk, result.failure() == null ? "its events are damaged" : result.failure());
        }
        span(chunk.header(), result.lastNanos());
        chunks.add(chunk.header().identity().text());
        long cut = chunk.end() - chunk.begin() - scan.end();
        if (cut + scan.gapBytes() > 0) {
            warnings.add(place(chunk) + " is damaged: read " + result.delivered() + " events, lost "
                    + (scan.gapBytes() > 0 ? scan.gapBytes() + " bytes in its middle and " : "") + cut
                    + " at its end");
        } else if (!chunk.whole()) {
            warnings.add(place(chunk) + " is unfinished: read " + result.delivered()
                    + " events; what the JVM had not flushed is not in it");
        }
        if (missing > 0) {
            warnings.add(place(chunk) + ": " + missing + " of " + scan.wantedEvents() + " events could not be read"
                    + (result.failure() == null ? "" : " (" + result.failure() + ")"));
        }
        return true;
    }

    private boolean lost(Chunk chunk, String why) {
        warnings.add(place(chunk) + " is lost: " + why);
        return false;
    }

    private void span(ChunkHeader header, long lastNanos) {
        long duration = Math.max(0, header.durationNanos());
        long end = header.startNanos() + duration;
        startNanos = Math.min(startNanos, header.startNanos());
        endNanos = Math.max(endNanos, Math.max(end, header.state() == 0 ? header.startNanos() : lastNanos));
    }

    private static String place(Chunk chunk) {
        return chunk.file() + ": chunk " + chunk.number();
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied"; // its message is the path alone
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
