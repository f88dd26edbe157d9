package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Catalog.Entry;
import iopath.it.Report.Spot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Where no hook follows bytes the report says so, with the class or the file: silence would be taken for nothing. */
class NotSeenIT {

    private static final long MIB = 1 << 20;
    private static final String DARK = "iopath.it.scenario.Unfollowed$Dark";

    /** What must be named, by program. */
    private static final Map<String, List<Spot>> NAMED = Map.of(
            "Unfollowed.handed", List.of(new Spot("handed", DARK, MIB, 0)),
            "Unfollowed.taken", List.of(new Spot("taken", DARK, MIB, 0)),
            "Unfollowed.wrapped", List.of(),
            "Unfollowed.mapped", List.of(new Spot("mapped", "data", MIB, 0)));

    @TestFactory
    List<DynamicTest> whatNoHookFollowsIsNamed() throws IOException {
        List<Entry> entries = Stream.of("handed", "taken", "wrapped", "mapped")
                .map(name -> Catalog.program("Unfollowed." + name))
                .toList();
        return Matrix.tests("notseen", entries, (jdk, entry, folder) -> {
            Run run = new Run.Plan(jdk, entry, folder).agent().exact().record().run();

            List<Spot> spots = Report.of(Objects.requireNonNull(run.recording())).spots().stream()
                    .filter(spot -> spot.followed() == 0)
                    .map(spot -> spot.inFolder(folder))
                    .toList();
            assertThat(spots).isEqualTo(NAMED.get(entry.id()));
        });
    }
}
