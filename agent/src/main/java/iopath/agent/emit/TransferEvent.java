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
    @Description("Size of this transfer")
    @DataAmount
    long bytes;

    @Label("Weight")
    @Description("Bytes that this sample stands for; negative where it takes an earlier sample back")
    @DataAmount
    long weight;

    @Label("Sample")
    @Description("Number of the sample in its JVM, from 1")
    long sample;

    @Label("Corrects")
    @Description("Number of the sample that is taken back, or 0")
    long corrects;
}
