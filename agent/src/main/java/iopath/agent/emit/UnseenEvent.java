package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Bytes that no hook follows, since the last one; with each drain that has some, and at both ends of a chunk. */
@Name("iopath.Unseen")
@Label("Unseen")
@Category("I/O Path")
@Description("Where bytes were last seen that no hook follows")
@StackTrace(false)
final class UnseenEvent extends Event {

    @Label("Kind")
    @Description(
            "handed: a transferTo gave them to a channel that is not the JDK's; taken: a transferFrom had them from"
                    + " one; mapped: they come and go without a call")
    @Nullable
    String kind;

    @Label("Name")
    @Description("Class of the channel, or path of the mapped file")
    @Nullable
    String name;

    @Label("Bytes")
    @Description("Through the channel; of a file the size of its largest mapping")
    @DataAmount
    long bytes;

    @Label("Followed")
    @Description("What hooks saw on the other side of the channel in the same calls")
    @DataAmount
    long followed;
}
