package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is woven where memory is mapped, moved or handed out. */
final class BufferAdvice {

    private BufferAdvice() {}

    /** {@code FileChannelImpl.mapInternal}: what all methods map by, to a buffer or to a segment. */
    static final class Map {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.FieldValue("fd") FileDescriptor file,
                @Advice.Argument(0) @Nullable Object mode,
                @Advice.Return @Nullable Object unmapper) {
            Probe.mapped(file, mode, unmapper);
        }
    }

    /** {@code FileChannelImpl.Unmapper.unmap}: the end of a mapping, at which its addresses are free for others. */
    static final class Unmap {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@Advice.This Object unmapper) {
            Probe.unmapped(unmapper);
        }
    }

    /** {@code compact} of heap and direct buffers. */
    static final class Compact {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static int enter(@Advice.This ByteBuffer buffer) {
            return Probe.beginCompact(buffer);
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.This ByteBuffer buffer, @Advice.Enter int from) {
            Probe.endCompact(buffer, from);
        }
    }

    /** Constructors of {@code DirectByteBuffer} over memory that is new to its owner. */
    static final class Allocate {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.This ByteBuffer buffer) {
            Probe.allocated(buffer);
        }
    }

    /** Where a native {@code MemorySegment} gets memory that is new to its owner. */
    static final class AllocateSegment {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Return Object segment) {
            Probe.allocatedSegment(segment);
        }
    }
}
