package iopath.analyzer.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a chunk as its event sizes tell it; the JDK's parser is only given what this walk went through.
 *
 * @param end offset behind the last whole event, from the chunk's begin
 * @param metadata offset of the metadata event to use, 0 if none is left
 * @param constants offset of the checkpoint event to start from, 0 if none is left
 * @param byType number of events of each type
 * @param names type numbers of the events that were asked for, by name
 * @param gaps bytes between sound events that are none
 * @param asHeaderSays whether the header tells the same, so that the chunk can be parsed as it is
 */
record ChunkScan(
        long end,
        long metadata,
        long constants,
        Map<Long, Long> byType,
        Map<String, Long> names,
        List<Gap> gaps,
        boolean asHeaderSays) {

    private static final long METADATA_TYPE = 0;
    private static final long CHECKPOINT_TYPE = 1;

    /** No JDK makes a metadata event of this size; a damaged one may claim to be. */
    private static final long MAX_METADATA = 64L << 20;

    /** Walks a chunk. */
    static ChunkScan of(Bytes bytes, Chunk chunk, Set<String> wanted) throws IOException {
        return new Walk(bytes, chunk).scan(wanted);
    }

    /** How many events of the wanted types there are. */
    long wantedEvents() {
        return names.values().stream()
                .mapToLong(type -> byType.getOrDefault(type, 0L))
                .sum();
    }

    /** How many bytes lie between sound events. */
    long gapBytes() {
        return gaps.stream().mapToLong(gap -> gap.end - gap.begin).sum();
    }

    /** A stretch of a chunk, offsets from its begin. */
    record Gap(long begin, long end) {}

    /** The state of one walk. */
    private static final class Walk {
        private final Bytes bytes;
        private final Chunk chunk;
        private final Map<Long, Long> byType = new HashMap<>();
        private final List<Long> metadata = new ArrayList<>();
        private final Set<Long> checkpoints = new HashSet<>();
        private final List<Gap> gaps = new ArrayList<>();
        private long newestCheckpoint;
        private long end = ChunkHeader.LENGTH;

        Walk(Bytes bytes, Chunk chunk) {
            this.bytes = bytes;
            this.chunk = chunk;
        }

        ChunkScan scan(Set<String> wanted) throws IOException {
            walk();
            ChunkHeader header = chunk.header();
            Map<String, Long> names = Map.of();
            long usedMetadata = 0;
            if (metadata.contains(header.metadata())) {
                names = names(header.metadata(), wanted);
                usedMetadata = names == null ? 0 : header.metadata();
            }
            for (int i = metadata.size() - 1; i >= 0 && usedMetadata == 0; i--) {
                names = names(metadata.get(i), wanted);
                usedMetadata = names == null ? 0 : metadata.get(i);
            }
            // A chunk of a killed JVM has events, and checkpoints with their constants, after its last flush.
            long usedConstants = chunk.whole() && isSoundChain(header.constants()) ? header.constants() : newestSound();
            boolean asHeaderSays = chunk.whole()
                    && gaps.isEmpty()
                    && end == header.size()
                    && usedMetadata == header.metadata()
                    && usedConstants == header.constants();
            return new ChunkScan(
                    end,
                    usedMetadata,
                    usedConstants,
                    Map.copyOf(byType),
                    names == null ? Map.of() : Map.copyOf(names),
                    List.copyOf(gaps),
                    asHeaderSays);
        }

        /** Where an event is damaged so that the next cannot be found, the walk goes on at the next known place. */
        private void walk() throws IOException {
            long from = ChunkHeader.LENGTH;
            while (true) {
                EventWalk walk = new EventWalk(bytes, chunk.begin() + from, chunk.end());
                while (walk.next()) {
                    end = walk.position() - chunk.begin();
                    note(walk.type());
                }
                end = walk.position() - chunk.begin();
                if (end == chunk.end() - chunk.begin()) {
                    return;
                }
                Long anchor = anchors().higher(end + ChunkCopy.LEAST_FILLER - 1);
                if (anchor == null) {
                    return;
                }
                gaps.add(new Gap(end, anchor));
                from = anchor;
            }
        }

        /** Places that the header and the checkpoints behind it tell of, and that hold what they should. */
        private TreeSet<Long> anchors() throws IOException {
            TreeSet<Long> anchors = new TreeSet<>();
            if (holds(chunk.header().metadata(), METADATA_TYPE)) {
                anchors.add(chunk.header().metadata());
            }
            long at = chunk.header().constants();
            while (holds(at, CHECKPOINT_TYPE) && anchors.add(at)) {
                at += delta(at);
            }
            return anchors;
        }

        private boolean holds(long offset, long type) throws IOException {
            if (offset < ChunkHeader.LENGTH || offset >= chunk.end() - chunk.begin()) {
                return false;
            }
            EventWalk walk = new EventWalk(bytes, chunk.begin() + offset, chunk.end());
            return walk.next() && walk.type() == type;
        }

        private void note(long type) {
            byType.merge(type, 1L, Long::sum);
            if (type == METADATA_TYPE) {
                metadata.add(end);
            } else if (type == CHECKPOINT_TYPE) {
                checkpoints.add(end);
                newestCheckpoint = end;
            }
        }

        private @Nullable Map<String, Long> names(long offset, Set<String> wanted) throws IOException {
            bytes.seek(chunk.begin() + offset);
            long size = bytes.nextLong();
            if (size > MAX_METADATA) {
                return null;
            }
            return MetadataNames.in(bytes.at(chunk.begin() + offset, (int) size), wanted);
        }

        private long newestSound() throws IOException {
            if (isSoundChain(newestCheckpoint)) {
                return newestCheckpoint;
            }
            long best = 0;
            for (long checkpoint : checkpoints) {
                if (checkpoint > best && isSoundChain(checkpoint)) {
                    best = checkpoint;
                }
            }
            return best;
        }

        /** Each checkpoint points back to the one before; one that points to itself or ahead would never end. */
        private boolean isSoundChain(long newest) throws IOException {
            long at = newest;
            while (checkpoints.contains(at)) {
                long delta = delta(at);
                if (delta == 0) {
                    return true;
                }
                if (delta > 0) {
                    return false;
                }
                at += delta;
            }
            return false;
        }

        /** How far back the checkpoint before is, as a negative number; 0 for the first. */
        private long delta(long checkpoint) throws IOException {
            bytes.seek(chunk.begin() + checkpoint);
            bytes.nextLong(); // size
            bytes.nextLong(); // type
            bytes.nextLong(); // start
            bytes.nextLong(); // duration
            return bytes.nextLong();
        }
    }
}
