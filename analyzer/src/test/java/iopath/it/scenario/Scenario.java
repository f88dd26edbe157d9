package iopath.it.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A program that {@link ScenarioMain} runs in a JVM of its own; {@link Moves} says what a report must show. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Scenario {

    /** Its name in test reports. */
    String value();

    /** Who waits in the test's process, in the order of {@link Place#connect}. */
    PeerKind[] peers() default {};

    /** First JDK that can run it. */
    int since() default 17;

    /** System calls that the kernel is made to refuse, as strace takes them: {@code sendfile:error=EINVAL}. */
    String[] refused() default {};

    /** Whether it needs a folder on another file system. */
    boolean otherFileSystem() default false;

    /**
     * Whether all content is looked at. What is proven by it depends on where chunks end, which is drawn anew for each
     * JVM: up to a tenth of a row may be told as written from, and read into, memory.
     */
    boolean content() default false;

    /** Whether the number of its system calls depends on timing, so that two runs cannot be compared by it. */
    boolean varies() default false;

    /**
     * Whether threads of the JDK's own may move bytes for it, as they do where an asynchronous channel had to wait:
     * then no frame of the application is on the stack.
     */
    boolean threadsOfJdk() default false;
}
