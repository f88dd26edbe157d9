package iopath.analyzer.summarize;

import iopath.analyzer.event.Route;
import iopath.analyzer.event.TransferSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by the code that moved them: the exact bytes of each file's transfers, shared out as its samples say.
 *
 * <p>A correction is taken from the site of the sample that it corrects, in whichever order the two come. Of the
 * samples that can be corrected the newest {@value #REMEMBERED} of a file are remembered; a correction that finds its
 * sample forgotten, or before the recording began, is taken from the site of its own stack.
 */
final class SiteBook {
    static final int REMEMBERED = 100_000;
    private static final int MAX_SITES = 20_000;

    private final Map<Key, Weight> weights = new HashMap<>();
    private final Shares shares = new Shares();
    private final StackBook stacks = new StackBook();
    private final Map<Long, Place> correctable = bounded(place -> {});
    private final Map<Long, Debt> debts = bounded(Debt::pay);

    /** Takes exact bytes, some of which samples stand for. */
    void moved(Route route, long bytes) {
        shares.add(route, bytes);
    }

    /** Samples are numbered anew. */
    void nextFile() {
        debts.values().forEach(Debt::pay);
        debts.clear();
        correctable.clear();
        shares.settle(weights.entrySet().stream()
                .filter(entry -> entry.getValue().open() != 0)
                .sorted(Comparator.comparing(entry -> entry.getKey().site(0), Site.ORDER))
                .map(entry -> new Shares.Part(entry.getKey().kind(), entry.getValue()))
                .toList());
        shares.settle(stacks.parts());
        shares.clear();
    }

    void add(TransferSample sample) {
        Place own = new Place(weight(sample), stacks.weight(sample));
        if (sample.corrects() != 0) {
            correct(sample, own);
            return;
        }
        own.add(sample.weight());
        if (sample.route().sink().isMemory()) {
            correctable.put(sample.sample(), own);
            Debt debt = debts.remove(sample.sample());
            if (debt != null) {
                new Debt(own, debt.bytes).pay();
            }
        }
    }

    private void correct(TransferSample sample, Place own) {
        Place corrected = correctable.get(sample.corrects());
        if (corrected != null) {
            new Debt(corrected, sample.weight()).pay();
        } else {
            Debt debt = debts.get(sample.corrects());
            long before = debt == null ? 0 : debt.bytes;
            debts.put(sample.corrects(), new Debt(own, Saturated.add(before, sample.weight())));
        }
    }

    private Weight weight(TransferSample sample) {
        Route route = sample.route();
        String frame = sample.site() == null ? Words.NO_FRAME : sample.site();
        Key key = new Key(frame, Shares.Kind.of(route));
        Weight known = weights.get(key);
        if (known != null) {
            return known;
        }
        if (weights.size() >= MAX_SITES) {
            key = new Key(Words.OTHER, key.kind);
        }
        return weights.computeIfAbsent(key, k -> new Weight());
    }

    /** The sites with bytes, most first. */
    List<Site> sites() {
        nextFile();
        List<Site> sites = new ArrayList<>();
        weights.forEach((key, weight) -> {
            if (weight.bytes() > 0) {
                sites.add(key.site(weight.bytes()));
            }
        });
        sites.sort(Site.ORDER);
        return sites;
    }

    /** The stacks with bytes, most first. */
    List<Stack> stacks() {
        nextFile();
        return stacks.stacks();
    }

    /** The sites that were seen for the first transfer of a kind, too few bytes to estimate; most bytes first. */
    List<Site> seen() {
        List<Site> sites = new ArrayList<>();
        weights.forEach((key, weight) -> {
            if (weight.bytes() >= 0) {
                sites.add(key.site(weight.bytes()));
            }
        });
        sites.sort(Site.ORDER);
        return sites;
    }

    /** The stacks of these samples, likewise. */
    List<Stack> seenStacks() {
        return stacks.seen();
    }

    private record Key(String frame, Shares.Kind kind) {
        Site site(long bytes) {
            return new Site(frame, kind.source(), kind.sink(), kind.path(), kind.reason(), bytes);
        }
    }

    /** Where a sample counts. */
    private record Place(Weight site, Weight stack) {
        void add(long bytes) {
            site.add(bytes);
            stack.add(bytes);
        }
    }

    /** Bytes (a negative number) to be added to a place, its own unless the corrected sample turns up. */
    private record Debt(Place place, long bytes) {
        void pay() {
            place.add(bytes);
        }
    }

    private interface Forgotten<V> {
        void leave(V value);
    }

    private static <V> Map<Long, V> bounded(Forgotten<V> forgotten) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public @Nullable V put(Long key, V value) {
                V previous = super.put(key, value);
                if (size() > REMEMBERED) {
                    Iterator<V> eldest = values().iterator();
                    forgotten.leave(eldest.next());
                    eldest.remove();
                }
                return previous;
            }
        };
    }
}
