package iopath.agent.probe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the copies of woven methods go through: each is made as before, and followed while somebody records.
 *
 * <p>The caller of {@code System.arraycopy} and {@code Arrays.copyOf} is woven, since C2 replaces these two whatever is
 * woven into them. A call becomes a call of the method of the same name here: the caller has as many bytes of code as
 * before. Nothing is thrown that the copy itself would not throw, from the same stack.
 */
public final class CopyProbe {

    /** Copies of fewer bytes are not followed. */
    public static final int LEAST = 256;

    private CopyProbe() {}

    /** {@link System#arraycopy}. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // whatever the caller copies
    public static void arraycopy(Object source, int from, Object target, int to, int length) {
        try {
            System.arraycopy(source, from, target, to, length);
        } catch (RuntimeException e) {
            throw asBefore(e);
        }
        if (length >= LEAST && Probe.sink != null) {
            try {
                follow(source, from, target, to, length);
            } catch (Throwable e) {
                // Near the end of the stack the call finds no room, and a field needs none.
                try {
                    Probe.suppressed(e, -1);
                } catch (Throwable f) {
                    Probe.uncounted++;
                }
            }
        }
    }

    /** {@link Arrays#copyOf(byte[], int)}. */
    public static byte[] copyOf(byte[] source, int length) {
        byte[] copy;
        try {
            copy = Arrays.copyOf(source, length);
        } catch (RuntimeException e) {
            throw asBefore(e);
        }
        if (length >= LEAST && Probe.sink != null) {
            try {
                follow(source, 0, copy, 0, Math.min(length, source.length));
            } catch (Throwable e) {
                // Near the end of the stack the call finds no room, and a field needs none.
                try {
                    Probe.suppressed(e, -1);
                } catch (Throwable f) {
                    Probe.uncounted++;
                }
            }
        }
        return copy;
    }

    /** {@link Arrays#copyOfRange(byte[], int, int)}. */
    public static byte[] copyOfRange(byte[] source, int from, int to) {
        byte[] copy;
        try {
            copy = Arrays.copyOfRange(source, from, to);
        } catch (RuntimeException e) {
            throw asBefore(e);
        }
        if (to - from >= LEAST && Probe.sink != null) {
            try {
                follow(source, from, copy, 0, Math.min(to, source.length) - from);
            } catch (Throwable e) {
                // Near the end of the stack the call finds no room, and a field needs none.
                try {
                    Probe.suppressed(e, -1);
                } catch (Throwable f) {
                    Probe.uncounted++;
                }
            }
        }
        return copy;
    }

    /** Tells that a buffer's bytes were put into another. */
    public static void put(ByteBuffer target, int to, ByteBuffer source, int from, int length) {
        if (length >= LEAST) {
            Sink s = Probe.sink;
            if (s != null) {
                s.copiedBuffer(source, from, target, to, length);
            }
        }
    }

    /** Tells that an array's bytes were put into a buffer. */
    public static void put(ByteBuffer target, int to, byte[] source, int from, int length) {
        if (length >= LEAST) {
            Sink s = Probe.sink;
            if (s != null) {
                s.copiedIn(source, from, target, to, length);
            }
        }
    }

    /** Tells that a buffer's bytes were got into an array. */
    public static void get(ByteBuffer source, int from, byte[] target, int to, int length) {
        if (length >= LEAST) {
            Sink s = Probe.sink;
            if (s != null) {
                s.copiedOut(source, from, target, to, length);
            }
        }
    }

    /** Tells that a library has copied memory; an array is {@code null} where an address stands for the memory. */
    public static void memory(byte @Nullable [] source, long from, byte @Nullable [] target, long to, long length) {
        if (length >= LEAST) {
            Sink s = Probe.sink;
            if (s != null) {
                s.copiedMemory(source, from, target, to, length);
            }
        }
    }

    private static void follow(Object source, int from, Object target, int to, int length) {
        Sink s = Probe.sink;
        if (s != null && length >= LEAST && source instanceof byte[] && target instanceof byte[]) {
            s.copiedArray((byte[]) source, from, (byte[]) target, to, length);
        }
    }

    /** Takes this class out of the stack of what a copy has thrown. */
    private static RuntimeException asBefore(RuntimeException thrown) {
        try {
            StackTraceElement[] stack = thrown.getStackTrace();
            int kept = 0;
            for (StackTraceElement element : stack) {
                if (!element.getClassName().equals("iopath.agent.probe.CopyProbe")) {
                    stack[kept++] = element;
                }
            }
            if (kept < stack.length) {
                thrown.setStackTrace(Arrays.copyOf(stack, kept));
            }
        } catch (Throwable e) {
            // The stack has no room: then it stays as it is.
            return thrown;
        }
        return thrown;
    }
}
