package iopath.agent.instrument;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of advice that tells whether this version of Netty's io_uring keeps the memory of a send until the kernel
 * has done with it.
 *
 * <p>Versions before 4.2.18 may free it sooner, if the output is shut down in between: to read it then could end the JVM.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface MemoryIsKept {

    /** Has come with the promise to keep the memory. */
    String KEEPER = "io.netty.channel.uring.WriteOperationTracker";
}
