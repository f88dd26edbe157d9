package iopath.analyzer.command;

import iopath.analyzer.price.Prices;
import iopath.analyzer.render.CollapsedStacks;
import iopath.analyzer.render.FlameGraphPage;
import iopath.analyzer.render.HtmlReport;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.render.Look;
import iopath.analyzer.render.MarkdownReport;
import iopath.analyzer.render.PprofProfile;
import iopath.analyzer.render.PrometheusText;
import iopath.analyzer.render.TextReport;
import iopath.analyzer.summarize.Profile;
import java.io.PrintStream;

/** The forms of a report, as they are typed. */
@SuppressWarnings("MemberName")
enum ReportFormat {
    text,
    json,
    html,
    markdown,
    collapsed,
    flamegraph,
    pprof,
    prometheus;

    /** Says no before the work is done, where this form is nothing for the place that it goes to. */
    void check(Output target) throws CommandException {
        if (this == pprof && target.file() == null && Voice.goesToTerminal()) {
            throw new CommandException(
                    ExitCode.USAGE, "a pprof profile is no text for a terminal; name a file with --output, or a pipe");
        }
    }

    void write(Profile profile, Prices prices, Output target, PrintStream out) throws CommandException {
        if (this == pprof) {
            target.write(PprofProfile.of(profile), out);
        } else {
            target.write(of(profile, prices, target.file() == null ? Voice.look() : Look.PLAIN), out);
        }
    }

    private String of(Profile profile, Prices prices, Look look) {
        return switch (this) {
            case text -> TextReport.of(profile, prices, look);
            case json -> JsonReport.of(profile, prices);
            case html -> HtmlReport.of(profile, prices);
            case markdown -> MarkdownReport.of(profile, prices);
            case collapsed -> CollapsedStacks.of(profile);
            case flamegraph -> FlameGraphPage.of(profile);
            case prometheus -> PrometheusText.of(profile);
            case pprof -> throw new IllegalStateException("pprof is no text");
        };
    }
}
