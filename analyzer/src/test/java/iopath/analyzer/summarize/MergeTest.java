package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.ContentLook;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Reading;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.saved.BadReportException;
import iopath.analyzer.saved.SavedReport;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Reports of whatever can be recorded, saved and joined. */
class MergeTest {
    private static final long SECOND = 1_000_000_000;
    private static final long SOME_DAY = 1_767_323_045;
    private static final List<String> WAYS = List.of(
            "file:/a > socket:b", "file:/c > socket:b", "memory > socket:b", "file:/a > memory", "pipe > file:/a");

    @Property(tries = 300)
    void aSavedReportIsWhatItWasMadeOf(@ForAll("profiles") Profile profile) throws BadReportException {
        assertThat(SavedReport.parse(JsonReport.of(profile))).isEqualTo(profile);
    }

    @Property(tries = 300)
    void orderAndStepsDoNotMatter(
            @ForAll("profiles") Profile a, @ForAll("profiles") Profile b, @ForAll("profiles") Profile c)
            throws BadReportException {
        String all = JsonReport.of(Merge.of(List.of(a, b, c)));

        assertThat(JsonReport.of(Merge.of(List.of(c, b, a)))).isEqualTo(all);
        assertThat(JsonReport.of(Merge.of(List.of(saved(a, b), c)))).isEqualTo(all);
        assertThat(JsonReport.of(Merge.of(List.of(b, saved(c, a))))).isEqualTo(all);
    }

    @Property(tries = 300)
    void sumsAreTheSumsOfTheParts(@ForAll("profiles") Profile a, @ForAll("profiles") Profile b) {
        Profile both = Merge.of(List.of(a, b));

        List<ToLongFunction<Profile>> sums = List.of(
                p -> p.summary().transferred(),
                p -> p.summary().kernel(),
                p -> p.summary().userSpace(),
                p -> p.summary().inferred(),
                p -> p.summary().memory(),
                p -> p.summary().unknown(),
                p -> p.summary().copied(),
                p -> p.summary().moved(),
                p -> p.transfers().stream().mapToLong(Transfer::bytes).sum(),
                p -> p.transfers().stream().mapToLong(Transfer::calls).sum(),
                p -> p.transfers().stream().mapToLong(Transfer::nanos).sum(),
                p -> p.transfers().stream().mapToLong(Transfer::copiedBytes).sum(),
                p -> p.io().stream().mapToLong(Io::operations).sum(),
                p -> p.io().stream().mapToLong(Io::bytes).sum(),
                p -> p.smallIo().stream().mapToLong(SmallIo::operations).sum(),
                p -> p.endpoints().stream().mapToLong(EndpointUse::bytes).sum(),
                p -> p.sites().stream().mapToLong(Site::bytes).sum(),
                p -> p.stacks().stream().mapToLong(Stack::copiedBytes).sum(),
                p -> p.estimates().stream().mapToLong(Estimate::highBytes).sum(),
                p -> p.timeline().series().stream()
                        .mapToLong(Timeline.Series::sum)
                        .sum(),
                p -> p.blind().samplesDropped());
        for (int i = 0; i < sums.size(); i++) {
            ToLongFunction<Profile> sum = sums.get(i);
            assertThat(sum.applyAsLong(both)).as("sum %d", i).isEqualTo(sum.applyAsLong(a) + sum.applyAsLong(b));
        }
        assertThat(both.recording().startNanos())
                .isEqualTo(Math.min(a.recording().startNanos(), b.recording().startNanos()));
        assertThat(both.recording().endNanos())
                .isEqualTo(Math.max(a.recording().endNanos(), b.recording().endNanos()));
    }

    /** Of a list that was cut no more than its sums can be known. */
    @Property(tries = 300)
    void twoRecordingsJoinedSayWhatTheySayTogether(
            @ForAll("events") List<Consumer<Tally>> a, @ForAll("events") List<Consumer<Tally>> b) {
        Tally together = new Tally();
        together.file("a");
        a.forEach(event -> event.accept(together));
        together.file("b");
        b.forEach(event -> event.accept(together));
        Profile whole = together.profile(new Reading(List.of("a", "b"), 0, 1, List.of(), List.of()));

        Profile joined = Merge.of(List.of(profile("a", a, 0, 1), profile("b", b, 0, 1)));

        assertThat(joined.transfers()).isEqualTo(whole.transfers());
        assertThat(joined.io()).isEqualTo(whole.io());
        assertThat(joined.sites()).isEqualTo(whole.sites());
        assertThat(joined.stacks()).isEqualTo(whole.stacks());
        assertThat(joined.endpoints()).isEqualTo(whole.endpoints());
        assertThat(joined.hooks()).isEqualTo(whole.hooks());
        assertThat(joined.summary()).isEqualTo(whole.summary());
    }

    @Test
    void aReportOfEveryKindOfRowJoinedAloneTellsTheSame() {
        Profile profile = Events.ofEachKind().profile();

        Profile alone = Merge.of(List.of(profile));

        assertThat(alone).isEqualTo(profile);
        assertThat(Merge.of(List.of(profile, profile)).verdict())
                .as("shares stay, amounts double")
                .startsWith("56 % of 22.2 MB that went between files and sockets stayed in the kernel");
    }

    @Test
    void timesFarApartGetWiderSlotsAndLoseNothing() {
        Profile first = new Events()
                .at(1_000)
                .transfer("file:/a > socket:b", "heap", "none", "same-buffer", 4, 1_000)
                .profile();
        Profile later = profile(
                "b",
                List.of(tally -> {
                    tally.at((SOME_DAY + 86_400) * SECOND);
                    tally.transfer(new TransferTotals(
                            Events.route("file:/a > socket:b", "heap", "none", null, "same-buffer", 4), 500, 1, 1, 0));
                }),
                (SOME_DAY + 86_390) * SECOND,
                (SOME_DAY + 86_400) * SECOND);

        Timeline timeline = Merge.of(List.of(later, first)).timeline();

        assertThat(timeline.slotNanos()).isEqualTo(512 * SECOND);
        assertThat(timeline.series()).hasSize(1);
        assertThat(timeline.series().get(0).bytes())
                .hasSize(170)
                .startsWith(1_000L)
                .endsWith(500L);
    }

    private static Profile saved(Profile... parts) throws BadReportException {
        return SavedReport.parse(JsonReport.of(Merge.of(List.of(parts))));
    }

    private static Profile profile(String name, List<Consumer<Tally>> events, long startNanos, long endNanos) {
        Tally tally = new Tally();
        tally.file(name);
        events.forEach(event -> event.accept(tally));
        return tally.profile(new Reading(
                List.of(name), startNanos, endNanos, List.of("of " + name), List.of(), List.of("chunk " + name)));
    }

    @Provide
    static Arbitrary<Profile> profiles() {
        return Combinators.combine(
                        Arbitraries.of("a.jfr", "b.jfr", "\u202e\"\\{.jfr"),
                        Arbitraries.longs().between(0, 2_000),
                        Arbitraries.longs().between(0, 600 * SECOND),
                        events(),
                        Arbitraries.integers().between(1, 6))
                .as((name, start, length, events, rows) -> {
                    long startNanos = (SOME_DAY + start) * SECOND + 123_456_789;
                    return cut(profile(name, events, startNanos, startNanos + length), rows);
                });
    }

    /** As reports of more rows than they show. */
    private static Profile cut(Profile profile, int rows) {
        return new Profile(
                profile.recording(),
                profile.summary(),
                profile.verdict(),
                Capped.list(profile.transfers(), rows, Transfer::others),
                profile.estimates(),
                profile.io(),
                profile.smallIo(),
                Capped.list(profile.endpoints(), rows, EndpointUse::others),
                Capped.list(profile.sites(), rows, Site::others),
                profile.firstSites(),
                Capped.list(profile.stacks(), rows, Stack::others),
                profile.timeline(),
                profile.findings(),
                profile.hooks(),
                profile.blind());
    }

    @Provide
    static Arbitrary<List<Consumer<Tally>>> events() {
        return Arbitraries.<Consumer<Tally>>oneOf(transfers(), io(), samples(), others())
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<Consumer<Tally>> transfers() {
        return Combinators.combine(
                        Arbitraries.of(WAYS),
                        Arbitraries.of("sendfile", "heap", "tls", "unknown"),
                        Arbitraries.of("none", "read-write-loop", "modified", "of-tomorrow"),
                        Arbitraries.of("", "would-block", "a.B"),
                        Arbitraries.of("kernel", "same-thread", "none"),
                        Arbitraries.longs().between(1, 1L << 40),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.longs().between(0, 2_000))
                .as((way, path, reason, detail, evidence, bytes, copies, second) -> tally -> {
                    tally.at((SOME_DAY + second) * SECOND + second);
                    tally.transfer(new TransferTotals(
                            Events.route(way, path, reason, detail.isEmpty() ? null : detail, evidence, copies),
                            bytes,
                            2,
                            2_000,
                            bytes / 10,
                            second * bytes / 100));
                });
    }

    private static Arbitrary<Consumer<Tally>> io() {
        return Combinators.combine(
                        Arbitraries.of("file:/a", "file:/c", "socket:b"),
                        Arbitraries.of("read", "write"),
                        Arbitraries.of("heap", "kernel"),
                        Arbitraries.longs().between(0, 1L << 21),
                        Arbitraries.longs().between(0, 3_000))
                .as((endpoint, direction, buffer, bytes, operations) -> tally -> tally.io(
                        new IoTotals(Events.endpoint(endpoint), direction, buffer, bytes, operations, operations)));
    }

    private static Arbitrary<Consumer<Tally>> samples() {
        return Combinators.combine(
                        Arbitraries.of(WAYS),
                        Arbitraries.of("heap", "tls"),
                        Arbitraries.of("x.A.b:1", "x.A.c:2", "x.D.e"),
                        Arbitraries.longs().between(0, 3).map(n -> n * 1_000_000))
                .as((way, path, site, weight) -> tally -> tally.sample(new TransferSample(
                        Events.route(way, path, "none", null, "none", 2),
                        site,
                        List.of("java.lang.Thread.run", site),
                        weight,
                        1,
                        0)));
    }

    private static Arbitrary<Consumer<Tally>> others() {
        return Arbitraries.of(
                tally -> tally.hook(new HookStatus(1, "a.B.c", "applied", null)),
                tally -> tally.hook(new HookStatus(2, "a.B.c", "failed", "no such shape")),
                tally -> tally.hook(new HookStatus(3, "a.B.d", "absent", "no such method")),
                tally -> tally.agent(
                        new AgentState("0.1", "17.0.15", 7L, "x.Main", Map.of(), "", 1, 0, 0, 0, 0, 5, null)),
                tally -> tally.agent(new AgentState("0.1", "25", 8L, null, Map.of(), "", 2, 40, 3, 2, 1, 9, null)),
                tally -> tally.look(new ContentLook("socket", 10_000, 1_000, 500, 0, 0, 500)),
                tally -> tally.look(new ContentLook("file", 70_000, 2_000, 0, 2_000, 0, 0)));
    }
}
