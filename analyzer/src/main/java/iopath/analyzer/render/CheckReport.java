package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.words;

import iopath.analyzer.gate.Outcome;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of rules, for people and for the log of a build. */
public final class CheckReport {
    private CheckReport() {}

    /** A line for each rule, the details of those that fail under them, then a sentence. */
    public static String text(List<Outcome> outcomes) {
        List<String> lines = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            lines.add(String.format(Locale.ROOT, "%-7s", outcome.status().text()) + "  " + Line.safe(rule(outcome)));
            if (outcome.fails()) {
                outcome.details().forEach(detail -> lines.addAll(Line.wrapped(detail, 9)));
            }
        }
        lines.add(verdict(outcomes));
        return String.join("\n", lines) + "\n";
    }

    /** A page with a table of the rules. */
    public static String markdown(List<Outcome> outcomes) {
        Page page = new Page("iopath check: " + verdict(outcomes));
        page.rows(
                List.of(words("Result"), words("Rule"), words("Seen")),
                outcomes.stream()
                        .map(outcome -> List.of(outcome.status().text(), outcome.rule(), outcome.sentence()))
                        .toList());
        for (Outcome outcome : outcomes) {
            if (outcome.fails()) {
                page.section(outcome.rule()).paragraph(outcome.sentence() + ".").bullets(outcome.details());
            }
        }
        return MarkdownPage.of(page);
    }

    /** {@code {"schemaVersion": 1, "verdict": "..", "rules": [...]}}, its last line ended. */
    public static String json(List<Outcome> outcomes) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 1);
            json.writeStringField("verdict", verdict(outcomes));
            json.writeArrayFieldStart("rules");
            for (Outcome outcome : outcomes) {
                Outcome.Place place = outcome.place();
                json.writeStartObject();
                json.writeStringField("rule", outcome.rule());
                json.writeStringField("status", outcome.status().text().toLowerCase(Locale.ROOT));
                json.writeBooleanField("fails", outcome.fails());
                json.writeStringField("sentence", outcome.sentence());
                json.writeArrayFieldStart("details");
                for (String detail : outcome.details()) {
                    json.writeString(detail);
                }
                json.writeEndArray();
                json.writeStringField("file", place == null ? null : place.file());
                if (place != null) {
                    json.writeNumberField("line", place.line());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Lines that GitHub shows as annotations; none for a rule that holds. */
    public static String github(List<Outcome> outcomes) {
        StringBuilder lines = new StringBuilder();
        for (Outcome outcome : outcomes) {
            if (outcome.fails()) {
                Outcome.Place place = outcome.place();
                String where = place == null ? "" : "file=" + property(place.file()) + ",line=" + place.line() + ",";
                List<String> message = new ArrayList<>(List.of(rule(outcome)));
                message.addAll(outcome.details());
                lines.append("::error ")
                        .append(where)
                        .append("title=")
                        .append(property(
                                "iopath check: " + outcome.status().text().toLowerCase(Locale.ROOT)))
                        .append("::")
                        .append(data(String.join(
                                "\n", message.stream().map(Line::safe).toList())))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    /** One sentence on all of them. */
    private static String verdict(List<Outcome> outcomes) {
        long failed = outcomes.stream().filter(Outcome::fails).count();
        long skipped = outcomes.stream()
                .filter(outcome -> outcome.status() == Outcome.Status.SKIPPED)
                .count();
        String rules = Amount.count(outcomes.size(), "rule");
        return (failed == 0 ? "None of " + rules + " failed" : failed + " of " + rules + " failed")
                + (skipped == 0 ? "." : ", " + skipped + " skipped.");
    }

    private static String rule(Outcome outcome) {
        return outcome.rule() + ": " + outcome.sentence();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(Line.safe(text)).replace(":", "%3A").replace(",", "%2C");
    }
}
