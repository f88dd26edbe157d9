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
    @Description("Kind of what the bytes came from: file, socket, pipe, or memory for the application itself")
    @Nullable
    String source;

    @Label("From")
    @Description("Path or address of the source; none for memory")
    @Nullable
    String sourceName;

    @Label("Sink")
    @Description("Kind of what the bytes went to: file, socket, pipe, or memory for the application itself")
    @Nullable
    String sink;

    @Label("To")
    @Description("Path or address of the sink; none for memory")
    @Nullable
    String sinkName;

    @Label("Path")
    @Description(
            "How the bytes travelled: sendfile, copy-file-range or splice in the kernel; mapped, direct, heap or tls through user space")
    @Nullable
    String path;

    @Label("Reason")
    @Description("Why they did not stay in the kernel; none where they did, or could not have")
    @Nullable
    String reason;

    @Label("Detail")
    @Description("What the reason names, as the class of a wrapper")
    @Nullable
    String detail;

    @Label("Evidence")
    @Description("How it is known that what was written is what was read")
    @Nullable
    String evidence;

    @Label("Copies")
    @Description("CPU copies of each byte on this path, those of the application included as far as they were seen")
    int cpuCopies;

    @Label("App copies")
    @Description("Of these, copies that the application made")
    int applicationCopies;

    @Label("Bytes")
    @Description("Bytes moved; negative where bytes that were counted as kept have been passed on since")
    @DataAmount
    long bytes;

    @Label("Ops")
    @Description("Operations that moved bytes: one read and one write are two")
    long operations;

    @Label("Calls")
    @Description("System calls, refused attempts included")
    long calls;

    @Label("Time")
    @Description("Time spent in the operations, estimated from a sample of them")
    @Timespan(Timespan.NANOSECONDS)
    long nanos;

    @Label("Copied in Vain")
    @Description("Bytes that the JDK copied out of heap buffers before calls that did not take them")
    @DataAmount
    long extraCopied;
}
