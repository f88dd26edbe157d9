package iopath.agent.emit;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What the agent's code threw inside one woven method since the last one; with each drain that has some. */
@Name("iopath.Suppressed")
@Label("Suppressed")
@Category("I/O Path")
@Description("Calls in which a hook failed: what they moved is in no sum")
@StackTrace(false)
final class SuppressedEvent extends Event {

    @Label("Target")
    @Description("Class and method of the hook")
    @Nullable
    String target;

    @Label("Thrown")
    @Description("Class of what was thrown")
    @Nullable
    String thrown;

    @Label("Calls")
    @Description("How often since the last event of this kind")
    long calls;
}
