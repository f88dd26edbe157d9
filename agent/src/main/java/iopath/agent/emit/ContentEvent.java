package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What a look at the content of some writes has shown since the last such event. */
@Name("iopath.Content")
@Label("Content Look")
@Category("I/O Path")
@Description("Of what was written without a known origin, how much was looked at, and whose bytes it was found to be")
@StackTrace(false)
final class ContentEvent extends Event {

    @Label("Sink")
    @Description("Kind of what was written to")
    @Nullable
    String sink;

    @Label("Written")
    @Description("Bytes written out of memory of unknown origin, those found below included")
    @DataAmount
    long written;

    @Label("Looked At")
    @Description("Of these, bytes whose content was compared with what had been read")
    @DataAmount
    long looked;

    @Label("From Files")
    @Description("Bytes found to be what files had brought")
    @DataAmount
    long fromFiles;

    @Label("From Sockets")
    @Description("Bytes found to be what sockets had brought")
    @DataAmount
    long fromSockets;

    @Label("From Pipes")
    @Description("Bytes found to be what pipes had brought")
    @DataAmount
    long fromPipes;

    @Label("From None")
    @Description("Bytes looked at that nothing had brought which was noted")
    @DataAmount
    long fromNone;
}
