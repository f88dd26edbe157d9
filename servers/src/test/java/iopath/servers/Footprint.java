package iopath.servers;

import iopath.it.Jdks.Jdk;
import iopath.it.Woven;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an agent could leave behind in a JVM.
 *
 * @param code the instructions of the methods that are woven
 * @param threads names of threads, without numbers, as a pool under load comes and goes
 * @param descriptors how many there are of each file, and of sockets and the like
 */
record Footprint(String code, TreeSet<String> threads, TreeMap<String, Integer> descriptors) {

    private static final Pattern JAVA_THREAD = Pattern.compile("(?m)^\"(.*)\" #\\d+");

    /** As it is now; the folder is for class files. */
    static Footprint of(Jdk jdk, long pid, Path folder) throws Exception {
        String code = Woven.in(jdk, pid, folder);
        return new Footprint(code, threads(jdk, pid), descriptors(pid));
    }

    /** What is there more of than there was before. */
    static Map<String, Integer> more(Map<String, Integer> before, Map<String, Integer> after) {
        Map<String, Integer> more = new TreeMap<>();
        after.forEach((name, count) -> {
            int growth = count - before.getOrDefault(name, 0);
            if (growth > 0) {
                more.put(name, growth);
            }
        });
        return more;
    }

    private static TreeSet<String> threads(Jdk jdk, long pid) throws IOException, InterruptedException {
        TreeSet<String> names = new TreeSet<>();
        Matcher thread = JAVA_THREAD.matcher(jcmd(jdk, pid, "Thread.print"));
        while (thread.find()) {
            names.add(thread.group(1).replaceAll("\\d+", "#"));
        }
        return names;
    }

    /** What the JDK's own command says to it. */
    static String jcmd(Jdk jdk, long pid, String... command) throws IOException, InterruptedException {
        List<String> line = Stream.concat(Stream.of(jdk.tool("jcmd"), Long.toString(pid)), Stream.of(command))
                .toList();
        Process program = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (program.waitFor() != 0) {
            throw new AssertionError(line + ": " + said);
        }
        return said;
    }

    static TreeMap<String, Integer> descriptors(long pid) throws IOException {
        TreeMap<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> links = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path link : links.toList()) {
                try {
                    counts.merge(Files.readSymbolicLink(link).toString().replaceAll(":\\[\\d+]$", ""), 1, Integer::sum);
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                    continue;
                }
            }
        }
        return counts;
    }
}
