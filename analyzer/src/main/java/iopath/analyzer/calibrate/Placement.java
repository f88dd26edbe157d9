package iopath.analyzer.calibrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On which processors two processes run, by {@code taskset} of util-linux.
 *
 * <p>Two ends of a connection on one processor find each other's bytes in its cache, and wake each other for little; on
 * two, each write may cost an interrupt of the other. That is a factor of two and more, and the scheduler chooses.
 *
 * @param all processors that this process may use, as the kernel lists them
 * @param first one of them
 * @param last another, or the same if there is but one
 */
record Placement(String all, int first, int last) {

    /** What this process may use; empty where the kernel does not tell, or {@code taskset} is missing. */
    static Optional<Placement> here() throws InterruptedException {
        try {
            String list = Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
            Optional<Placement> found = parse(list);
            // Moves this process nowhere, but tells whether it could be moved.
            return found.isPresent() && found.get().move(list) ? found : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of a list like {@code 0-3,8}. */
    static Optional<Placement> parse(String list) {
        if (!list.matches("[0-9]{1,6}([-,][0-9]{1,6})*")) {
            return Optional.empty();
        }
        String[] numbers = list.split("[-,]", -1);
        return Optional.of(
                new Placement(list, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[numbers.length - 1])));
    }

    /** The command, run on the first processor. */
    List<String> onFirst(List<String> command) {
        List<String> placed = new ArrayList<>(List.of("taskset", "-c", Integer.toString(first)));
        placed.addAll(command);
        return placed;
    }

    /** Has all threads of this process run there: with the first processor, or away from it. */
    void moveHere(boolean near) throws IOException, InterruptedException {
        if (!move(Integer.toString(near ? first : last))) {
            throw new IOException("taskset refused to move this process");
        }
    }

    /** Lets this process run wherever it could before. */
    void release() throws IOException, InterruptedException {
        move(all);
    }

    private boolean move(String list) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        "taskset",
                        "-a",
                        "-c",
                        "-p",
                        list,
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return taskset.waitFor() == 0;
    }
}
