package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What a system call tracer would have counted since the last such event. */
@Name("iopath.IoTotals")
@Label("I/O Totals")
@Category("I/O Path")
@Description("Exact totals of operations on an endpoint since the last event, as a system call tracer counts them")
@StackTrace(false)
@Period("everyChunk")
final class IoTotalsEvent extends Event {

    @Label("Endpoint")
    @Description("Kind of the endpoint: file, socket or pipe")
    @Nullable
    String endpoint;

    @Label("Name")
    @Description("Its path or address")
    @Nullable
    String name;

    @Label("Direction")
    @Description("read or write")
    @Nullable
    String direction;

    @Label("Buffer")
    @Description(
            "What the bytes were read into or written from: direct, heap, mapped, or kernel where they never left it")
    @Nullable
    String buffer;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Label("Ops")
    @Description("Calls that moved bytes")
    long operations;

    @Label("Calls")
    @Description("All calls: those that met the end of a file, would have blocked or were refused too")
    long calls;
}
