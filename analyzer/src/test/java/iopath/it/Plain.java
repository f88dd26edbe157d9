package iopath.it;

import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Results of scenarios without the agent, each made once. */
final class Plain {

    private static final Map<String, List<String>> RESULTS = new ConcurrentHashMap<>();

    private Plain() {}

    /** Keeps the results of a run. */
    static void remember(Jdk jdk, Entry entry, List<String> results) {
        RESULTS.put(jdk + entry.id(), results);
    }

    /** The results, by a run now if there was none. */
    static List<String> results(Jdk jdk, Entry entry, Path folder) throws Exception {
        List<String> known = RESULTS.get(jdk + entry.id());
        if (known != null) {
            return known;
        }
        List<String> results =
                new Run.Plan(jdk, entry, folder("plain", folder)).run().results();
        remember(jdk, entry, results);
        return results;
    }

    private static Path folder(String name, Path parent) throws IOException {
        return Files.createDirectory(parent.resolve(name));
    }
}
