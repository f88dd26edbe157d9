package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What has become of one hook; once a chunk. */
@Name("iopath.Hook")
@Label("Hook")
@Category("I/O Path")
@Description("A method that iopath observes, or why it cannot")
@StackTrace(false)
final class HookEvent extends Event {

    @Label("Target")
    @Nullable
    String target;

    @Label("Status")
    @Nullable
    String status;

    @Label("Why")
    @Nullable
    String why;
}
