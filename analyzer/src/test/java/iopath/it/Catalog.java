package iopath.it;

import iopath.it.scenario.Moves;
import iopath.it.scenario.PeerKind;
import iopath.it.scenario.Scenario;
import iopath.it.scenario.ScenarioMain;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** All scenarios. */
final class Catalog {

    private static final List<String> CLASSES = List.of(
            "TransferTo",
            "TransferFrom",
            "Loops",
            "Traps",
            "OneSided",
            "Partial",
            "Refused",
            "Tls",
            "Streams",
            "Async",
            "Copies",
            "Followed");

    private Catalog() {}

    /**
     * A scenario as its annotations describe it.
     *
     * @param id what {@link ScenarioMain} takes
     */
    record Entry(String id, Scenario scenario, List<Moves> moves) {

        /** Its name in reports. */
        String name() {
            return scenario.value();
        }

        List<PeerKind> peers() {
            return List.of(scenario.peers());
        }

        /** Whether a JDK can run it. */
        boolean runsOn(int version) {
            return scenario.since() <= version;
        }

        /** The rows that a report must have on a JDK. */
        List<Moves> moves(int version) {
            return moves.stream()
                    .filter(row -> row.since() <= version && version <= row.until())
                    .toList();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** One that no report is compared with as a whole, by its id. */
    static Entry program(String id) {
        String[] name = id.split("\\.", 2);
        return methods(name[0]).stream()
                .filter(method -> method.getName().equals(name[1]))
                .map(method -> new Entry(id, method.getAnnotation(Scenario.class), List.of()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no program " + id));
    }

    /** In a fixed order. */
    static List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        for (String name : CLASSES) {
            for (Method method : methods(name)) {
                Scenario scenario = method.getAnnotation(Scenario.class);
                if (scenario != null) {
                    entries.add(new Entry(
                            name + "." + method.getName(),
                            scenario,
                            Arrays.asList(method.getAnnotationsByType(Moves.class))));
                }
            }
        }
        return entries;
    }

    /** Those with the given ids, in that order. */
    static List<Entry> some(String... ids) {
        List<Entry> all = all();
        return Arrays.stream(ids)
                .map(id -> all.stream()
                        .filter(entry -> entry.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no scenario " + id)))
                .toList();
    }

    private static List<Method> methods(String name) {
        try {
            Method[] methods = Class.forName(ScenarioMain.class.getPackageName() + "." + name)
                    .getDeclaredMethods();
            return Arrays.stream(methods)
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
