package iopath.analyzer.gate;

import iopath.analyzer.gate.AtMost.Measure;
import iopath.analyzer.gate.Outcome.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of rules: a sentence a line, with comments from {@code #} on. */
public final class Rules {
    private static final Set<String> KINDS = Set.of("file", "socket", "pipe", "memory", Scope.ANY);
    private static final Set<String> PATHS =
            Set.of("sendfile", "copy-file-range", "splice", "mapped", "direct", "heap", "tls");

    private static final Pattern SCOPE = Pattern.compile("(\\S+) *-> *(\\S+)(?: +at +(\\S+))? +(.+)");
    private static final Pattern STAYS = Pattern.compile("stays on +(.+)");
    private static final Pattern LIMIT = Pattern.compile("(.+?) +at most +(\\S+)");
    private static final Pattern NO_FINDING = Pattern.compile("no finding +(\\S+)");
    private static final String NO_WARNING = "no warning";
    private static final String OPTIONAL = "optional ";

    private final List<Line> lines = new ArrayList<>();

    private record Line(Place place, boolean optional, Rule rule) {
        Outcome check(Subject subject) {
            Outcome outcome = rule.check(subject).at(place);
            return optional ? outcome.skippedIfAbsent() : outcome;
        }
    }

    private Rules() {}

    /**
     * Reads rules.
     *
     * @param file its name, for messages
     * @throws BadRuleException if a line is no rule, or none is
     */
    public static Rules parse(String file, List<String> text) throws BadRuleException {
        Rules rules = new Rules();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).replaceFirst("(^|\\s)#.*", "").strip();
            if (!line.isEmpty()) {
                rules.lines.add(line(new Place(file, i + 1), line));
            }
        }
        if (rules.lines.isEmpty()) {
            throw new BadRuleException(file + " has no rule; write one a line, such as 'no finding wrapped-channel'");
        }
        return rules;
    }

    /** Judges all, in the order of the file. */
    public List<Outcome> check(Subject subject) {
        return lines.stream().map(line -> line.check(subject)).toList();
    }

    private static Line line(Place place, String text) throws BadRuleException {
        boolean optional = text.startsWith(OPTIONAL);
        String rule = optional ? text.substring(OPTIONAL.length()).strip() : text;
        return new Line(place, optional, rule(place, rule));
    }

    private static Rule rule(Place place, String text) throws BadRuleException {
        Matcher finding = NO_FINDING.matcher(text);
        if (finding.matches()) {
            return new NoFinding(finding.group(1));
        }
        if (text.equals(NO_WARNING)) {
            return new NoFinding("");
        }
        Matcher scoped = SCOPE.matcher(text);
        if (!scoped.matches()) {
            return limit(place, new Scope(Scope.ANY, Scope.ANY, null), true, text);
        }
        Scope scope = new Scope(kind(place, scoped.group(1)), kind(place, scoped.group(2)), scoped.group(3));
        Matcher stays = STAYS.matcher(scoped.group(4));
        return stays.matches()
                ? new StaysOn(scope, paths(place, stays.group(1)))
                : limit(place, scope, false, scoped.group(4));
    }

    private static String kind(Place place, String word) throws BadRuleException {
        if (!KINDS.contains(word)) {
            throw bad(place, "'" + word + "' is no kind of endpoint; there are " + list(KINDS));
        }
        return word;
    }

    private static List<String> paths(Place place, String words) throws BadRuleException {
        List<String> paths = new ArrayList<>();
        for (String word : words.split(" *, *| +or +", -1)) {
            if (!PATHS.contains(word)) {
                throw bad(place, "'" + word + "' is no path; there are " + list(PATHS));
            }
            paths.add(word);
        }
        return paths;
    }

    private static Rule limit(Place place, Scope scope, boolean everywhere, String text) throws BadRuleException {
        Matcher limit = LIMIT.matcher(text);
        Measure measure = limit.matches() ? measure(limit.group(1)) : null;
        if (measure == null) {
            throw bad(
                    place,
                    "'" + text + "' is no rule; rules are 'SOURCE -> SINK [at SITE] stays on PATH, ...', '[SOURCE ->"
                            + " SINK] MEASURE at most NUMBER', 'no finding CODE', 'no warning'");
        }
        if (scope.site() != null) {
            throw bad(place, "a measure is of all code: leave out 'at " + scope.site() + "'");
        }
        return new AtMost(scope, everywhere, measure, number(place, limit.group(2)));
    }

    private static @Nullable Measure measure(String text) {
        for (Measure measure : Measure.values()) {
            if (measure.text().equals(text)) {
                return measure;
            }
        }
        return null;
    }

    private static double number(Place place, String word) throws BadRuleException {
        if (!word.matches("\\d{1,15}(\\.\\d{1,9})?")) {
            throw bad(place, "'" + word + "' is no number of at least 0");
        }
        return Double.parseDouble(word);
    }

    private static String list(Set<String> words) {
        return String.join(", ", new TreeSet<>(words));
    }

    private static BadRuleException bad(Place place, String why) {
        return new BadRuleException(place.file() + ":" + place.line() + ": " + why);
    }
}
