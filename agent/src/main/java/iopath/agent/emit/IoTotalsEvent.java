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
    @Nullable
    String endpoint;

    @Label("Name")
    @Nullable
    String name;

    @Label("Direction")
    @Nullable
    String direction;

    @Label("Buffer")
    @Nullable
    String buffer;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Label("Operations")
    long operations;

    @Label("Calls")
    long calls;
}
