package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Bytes that come or go where no hook follows. */
final class Unfollowed {

    private Unfollowed() {}

    /** A channel of native code looks like this one: nobody sees what becomes of its bytes. */
    @Scenario("transferTo a channel that passes nothing on")
    static void handed(Place place) throws IOException {
        try (FileChannel source = place.open(DATA)) {
            place.result("moved", source.transferTo(0, MIB, new Dark()));
        }
    }

    /** The other way. */
    @Scenario("transferFrom a channel that reads nothing")
    static void taken(Place place) throws IOException {
        try (FileChannel target = place.create("out")) {
            place.result("moved", target.transferFrom(new Dark(), 0, MIB));
        }
    }

    /** A wrapper that writes in the same call hides nothing. */
    @Scenario(value = "transferTo a channel around a channel", peers = PeerKind.DRAIN)
    static void wrapped(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                BareChannel target = new BareChannel(place.connect(0))) {
            place.result("moved", source.transferTo(0, MIB, target));
        }
    }

    /** Page faults read it. */
    @Scenario("a mapped file, read without a call")
    static void mapped(Place place) throws IOException {
        try (FileChannel source = place.open(DATA)) {
            MappedByteBuffer file = source.map(FileChannel.MapMode.READ_ONLY, 0, MIB);
            long sum = 0;
            while (file.hasRemaining()) {
                sum += file.get();
            }
            place.result("sum", sum);
        }
    }

    /** Takes all, and has as much as is asked for. */
    static final class Dark implements WritableByteChannel, ReadableByteChannel {

        @Override
        public int write(ByteBuffer source) {
            int bytes = source.remaining();
            source.position(source.limit());
            return bytes;
        }

        @Override
        public int read(ByteBuffer target) {
            return target.put(new byte[target.remaining()]).position();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
