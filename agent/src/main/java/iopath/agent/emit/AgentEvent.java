package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/** The state of the agent; at both ends of a chunk. */
@Name("iopath.Agent")
@Label("Agent")
@Category("I/O Path")
@Description("The iopath agent in this JVM and what it could not keep")
@StackTrace(false)
final class AgentEvent extends Event {

    @Label("Version")
    @Description("Version of the agent")
    @Nullable
    String version;

    @Label("JDK")
    @Nullable
    String jdk;

    @Label("PID")
    long pid;

    @Label("Main Class")
    @Nullable
    String mainClass;

    @Label("Service")
    @Description("Name of the service: as given, else as OpenTelemetry's variables say, else the main class")
    @Nullable
    String service;

    @Label("Service Version")
    @Nullable
    String serviceVersion;

    @Label("Instance")
    @Description("Which of the service's processes this is; the host if nobody says")
    @Nullable
    String instance;

    @Label("Labels")
    @Description("KEY=VALUE,... as given")
    @Nullable
    String labels;

    @Label("Options")
    @Description("As they were given")
    @Nullable
    String options;

    @Label("Installed")
    @Description("When the agent came into this JVM")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long installed;

    @Label("Samples")
    @Description("Samples taken so far in this JVM")
    long samples;

    @Label("Samples Dropped")
    @Description("Samples that were over the event budget")
    long samplesDropped;

    @Label("Rows Folded")
    @Description("Rows counted under (other) because a table was full")
    long rowsFolded;

    @Label("Links Lost")
    @Description("Reads forgotten before their bytes could be recognised; they show as memory")
    long linksLost;

    @Label("Runtime Bytes")
    @Description("Read and written by the Java runtime for itself: classes, its own files, JFR; in no total")
    @DataAmount
    long runtimeBytes;

    @Label("Warning")
    @Description("Why less is seen than should be; null if nothing is known")
    @Nullable
    String warning;
}
