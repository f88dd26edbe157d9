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
    @Description("Class and method")
    @Nullable
    String target;

    @Label("Status")
    @Description("applied, absent in this JDK, failed, or off by an option")
    @Nullable
    String status;

    @Label("Why")
    @Description("Why it is not applied")
    @Nullable
    String why;
}
