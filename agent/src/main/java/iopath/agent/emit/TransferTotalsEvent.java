package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** What the transfers of one kind have moved since the last such event. */
@Name("iopath.TransferTotals")
@Label("Transfer Totals")
@Category("I/O Path")
@Description("Exact totals of transfers since the last event of the same source, sink, path, reason and evidence")
@StackTrace(false)
@Period("1 s")
final class TransferTotalsEvent extends Event {

    @Label("Source")
    @Nullable
    String source;

    @Label("Source Name")
    @Nullable
    String sourceName;

    @Label("Sink")
    @Nullable
    String sink;

    @Label("Sink Name")
    @Nullable
    String sinkName;

    @Label("Path")
    @Nullable
    String path;

    @Label("Reason")
    @Nullable
    String reason;

    @Label("Detail")
    @Nullable
    String detail;

    @Label("Evidence")
    @Nullable
    String evidence;

    @Label("CPU Copies")
    int cpuCopies;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Label("Operations")
    long operations;

    @Label("Calls")
    long calls;

    @Label("Time")
    @Timespan(Timespan.NANOSECONDS)
    long nanos;
}
