package iopath.it.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One row of {@code transfers} that the report of a {@link Scenario} must have, in the report's words. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Moves.All.class)
public @interface Moves {

    /** As many bytes as the traced system calls moved at this row's one endpoint, less those of all other rows. */
    long REST = -1;

    /** As many bytes as {@link Place#PROC_FILE} holds. */
    long PROC_BYTES = -2;

    String from();

    String to();

    String path();

    String reason() default "none";

    /** Empty for none. */
    String detail() default "";

    /** Behind it, where the application has copied the bytes, how often: {@code copied x2}. */
    String evidence() default "none";

    long bytes();

    /** First JDK that has this row. */
    int since() default 17;

    /** Last JDK that has this row. */
    int until() default Integer.MAX_VALUE;

    /** The container that repeating needs. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        Moves[] value();
    }
}
