package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A sampled transfer, with the stack that made it. */
@Name("iopath.Transfer")
@Label("Transfer Sample")
@Category("I/O Path")
@Description("A sampled transfer between files, sockets and memory; the sum of weights estimates the exact totals")
@StackTrace(true)
final class TransferEvent extends Event {

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

    @Label("Weight")
    @Description("Bytes that this sample stands for; negative where it takes an earlier sample back")
    @DataAmount
    long weight;

    @Label("Sample")
    long sample;

    @Label("Corrects")
    @Description("Number of the sample that is taken back, or 0")
    long corrects;
}
