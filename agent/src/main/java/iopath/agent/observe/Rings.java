package iopath.agent.observe;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The rings of io_uring that are in use, by the numbers of their descriptors. */
final class Rings {

    private static final int MOST = 1 << 20;

    /** Copied for each new ring: there is one for each event loop. */
    private final AtomicReference<Table> table = new AtomicReference<>(new Table(new Ring[0]));

    /** Rings by number. */
    private record Table(@Nullable Ring[] rings) {}

    /** The ring with this number, {@code null} if it has not been asked for anything. */
    @Nullable
    Ring known(int number) {
        @Nullable Ring[] rings = all().rings;
        return number >= 0 && number < rings.length ? rings[number] : null;
    }

    /** The ring with this number, made at its first request; {@code null} if the number is out of bounds. */
    @Nullable
    Ring of(int number) {
        Ring ring = known(number);
        return ring != null || number < 0 || number >= MOST ? ring : make(number);
    }

    private Ring make(int number) {
        Ring ring = new Ring();
        while (true) {
            Table all = all();
            @Nullable Ring[] more = Arrays.copyOf(all.rings, Math.max(all.rings.length, number + 1));
            more[number] = ring;
            if (table.compareAndSet(all, new Table(more))) {
                return ring;
            }
        }
    }

    private Table all() {
        return Objects.requireNonNull(table.get());
    }

    /** Forgets all requests: the probe was off, so what has become of them was not seen. */
    void resume() {
        table.set(new Table(new Ring[0]));
    }
}
