package iopath.analyzer.summarize;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Adds profiles up to one: in any order, and in one go or in steps, to the same.
 *
 * <p>Rows are added to those of the same key, and no list is cut. A row that stands for others in a profile is added to
 * those of the other profiles. Verdict and findings are those of the sums. Estimates are added up with the ends of their
 * intervals, which is wider than an interval of all looks together. The processor time of several is not told.
 */
public final class Merge {
    private final List<Profile> parts;
    private final Application application;

    private Merge(List<Profile> parts, Application application) {
        this.parts = parts;
        this.application = application;
    }

    /** The sum of one profile or more. */
    public static Profile of(List<Profile> parts) {
        return of(parts, Application.TO_BE_FOUND);
    }

    /** The same, with an application whose lines findings name. */
    public static Profile of(List<Profile> parts, Application application) {
        return new Merge(parts, application).sum();
    }

    private Profile sum() {
        List<Transfer> transfers = rows(Profile::transfers, Merge::key, Merge::plus, Transfer.ORDER);
        List<Io> io =
                rows(Profile::io, row -> List.of(row.endpoint(), row.direction(), row.buffer()), Merge::plus, Io.ORDER);
        List<SmallIo> small = rows(
                Profile::smallIo, row -> List.of(row.kind(), row.name(), row.direction()), Merge::plus, SmallIo.ORDER);
        List<EndpointUse> endpoints =
                rows(Profile::endpoints, row -> List.of(row.kind(), row.name()), Merge::plus, EndpointUse.ORDER);
        List<Site> sites = rows(Profile::sites, Merge::key, Merge::plus, Site.ORDER);
        List<Site> seen = rows(
                profile -> {
                    List<Site> both = new ArrayList<>(profile.sites());
                    both.addAll(profile.firstSites());
                    return both;
                },
                Merge::key,
                Merge::plus,
                Site.ORDER);
        List<Site> firstSites = seen.stream().filter(site -> site.bytes() == 0).toList();
        List<Stack> stacks = rows(
                Profile::stacks,
                row -> List.of(row.frames(), row.source(), row.sink(), row.path(), row.reason(), row.evidence()),
                Merge::plus,
                Stack.ORDER);
        List<Estimate> estimates = rows(
                Profile::estimates,
                row -> List.of(row.source(), row.sink()),
                Merge::plus,
                Comparator.comparing(Estimate::sink).thenComparing(Estimate::source));
        List<Hook> hooks = rows(
                Profile::hooks,
                Hook::target,
                BinaryOperator.maxBy(Hook.BY_BADNESS),
                Comparator.comparing(Hook::target));
        Blind blind = blind();
        Summary summary =
                parts.stream().map(Profile::summary).reduce(Summary::plus).orElseThrow();
        List<Transfer> told = transfers.stream().filter(row -> !row.isOthers()).toList();
        boolean silent = transfers.isEmpty() && io.isEmpty() && hooks.isEmpty() && !blind.agentSeen();
        Recording recording = recording();
        Application own = application.of(recording.jvms());
        List<Finding> findings =
                new Findings(summary, told, estimates, small, io, seen, stacks, hooks, blind, silent, own).list();
        return new Profile(
                recording,
                summary,
                new Verdict(summary, told, estimates, sites, findings, hooks, blind, silent).sentence(),
                transfers,
                estimates,
                io,
                small,
                endpoints,
                sites,
                firstSites,
                stacks,
                Timeline.of(parts.stream().map(Profile::timeline).toList()),
                findings,
                hooks,
                blind);
    }

    private Recording recording() {
        List<Recording> all = parts.stream().map(Profile::recording).toList();
        long start = all.stream().mapToLong(Recording::startNanos).min().orElseThrow();
        long end = all.stream().mapToLong(Recording::endNanos).max().orElseThrow();
        return new Recording(
                strings(part -> part.recording().files()),
                start,
                end - start,
                all.stream()
                        .flatMap(recording -> recording.jvms().stream())
                        .distinct()
                        .sorted(Recording.Process.ORDER)
                        .toList(),
                strings(part -> part.recording().chunks()),
                all.size() == 1 ? all.get(0).cpu() : null);
    }

    private Blind blind() {
        return new Blind(
                parts.stream().anyMatch(part -> part.blind().agentSeen()),
                number(Blind::samples),
                number(Blind::samplesDropped),
                number(Blind::rowsFolded),
                number(Blind::linksLost),
                number(Blind::runtimeBytes),
                number(Blind::namesFolded),
                rows(
                        part -> part.blind().suppressed(),
                        row -> List.of(row.target(), row.thrown()),
                        HookFailure::plus,
                        HookFailure.ORDER),
                rows(
                        part -> part.blind().spots(),
                        row -> List.of(row.kind(), row.name()),
                        BlindSpot::plus,
                        BlindSpot.ORDER),
                rows(part -> part.blind().sights(), row -> List.of(row.sink()), Sight::plus, Sight.ORDER),
                strings(part -> part.blind().cautions()).stream().distinct().toList(),
                strings(part -> part.blind().warnings()));
    }

    private long number(Function<Blind, Long> part) {
        return parts.stream().map(Profile::blind).map(part).reduce(0L, Saturated::add);
    }

    private List<String> strings(Function<Profile, List<String>> part) {
        return parts.stream().map(part).flatMap(Collection::stream).sorted().toList();
    }

    private <T> List<T> rows(
            Function<Profile, List<T>> list, Function<T, Object> key, BinaryOperator<T> plus, Comparator<T> order) {
        Map<Object, T> sums = new LinkedHashMap<>();
        for (Profile part : parts) {
            for (T row : list.apply(part)) {
                sums.merge(key.apply(row), row, plus);
            }
        }
        return sums.values().stream().sorted(order).toList();
    }

    private static Object key(Transfer row) {
        return row.isOthers() ? Words.OTHER : Tally.RowKey.of(row);
    }

    private static Object key(Site row) {
        return List.of(row.frame(), row.source(), row.sink(), row.path(), row.reason());
    }

    private static Transfer plus(Transfer a, Transfer b) {
        if (a.isOthers()) {
            return Transfer.others(List.of(a, b));
        }
        return new Transfer(
                a.source(),
                a.sink(),
                a.path(),
                a.reason(),
                a.detail(),
                a.evidence(),
                Saturated.add(a.bytes(), b.bytes()),
                Saturated.add(a.operations(), b.operations()),
                Saturated.add(a.calls(), b.calls()),
                a.cpuCopies(),
                a.applicationCopies(),
                Saturated.add(a.nanos(), b.nanos()),
                Saturated.add(a.copiedBytes(), b.copiedBytes()));
    }

    private static Io plus(Io a, Io b) {
        return new Io(
                a.endpoint(),
                a.direction(),
                a.buffer(),
                Saturated.add(a.bytes(), b.bytes()),
                Saturated.add(a.operations(), b.operations()),
                Saturated.add(a.calls(), b.calls()));
    }

    private static SmallIo plus(SmallIo a, SmallIo b) {
        return new SmallIo(
                a.kind(),
                a.name(),
                a.direction(),
                Saturated.add(a.bytes(), b.bytes()),
                Saturated.add(a.operations(), b.operations()));
    }

    private static EndpointUse plus(EndpointUse a, EndpointUse b) {
        return new EndpointUse(
                a.kind(),
                a.name(),
                Saturated.add(a.readBytes(), b.readBytes()),
                Saturated.add(a.writtenBytes(), b.writtenBytes()));
    }

    private static Site plus(Site a, Site b) {
        return new Site(a.frame(), a.source(), a.sink(), a.path(), a.reason(), Saturated.add(a.bytes(), b.bytes()));
    }

    private static Stack plus(Stack a, Stack b) {
        return new Stack(
                a.frames(),
                a.source(),
                a.sink(),
                a.path(),
                a.reason(),
                a.evidence(),
                Saturated.add(a.bytes(), b.bytes()),
                Saturated.add(a.copiedBytes(), b.copiedBytes()));
    }

    private static Estimate plus(Estimate a, Estimate b) {
        return new Estimate(
                a.source(),
                a.sink(),
                Saturated.add(a.bytes(), b.bytes()),
                Saturated.add(a.lowBytes(), b.lowBytes()),
                Saturated.add(a.highBytes(), b.highBytes()),
                Saturated.add(a.provenBytes(), b.provenBytes()),
                Saturated.add(a.lookedBytes(), b.lookedBytes()),
                Saturated.add(a.writtenBytes(), b.writtenBytes()));
    }
}
