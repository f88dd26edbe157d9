package iopath.agent.endpoint;

import iopath.agent.classify.RangeAnswer;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process gets copy_file_range from the kernel, by the kernel's own answer.
 *
 * <p>JDK 21 and later do not show which of copy_file_range and sendfile has moved bytes between two files. A process
 * that a filter (seccomp(2)) or an old kernel refuses the first is asked once: by the JDK's own method, from a file of
 * {@code /proc} to itself, for 0 bytes.
 */
public final class CopyFileRange {

    private static final String FILE = "/proc/thread-self/comm";
    private static final int MOST_TRIES = 3;

    /** {@code FileDispatcherImpl.transferFrom} of a dispatcher; {@code null} before JDK 21. */
    private static final @Nullable MethodHandle TRANSFER_FROM = transferFrom();

    private volatile RangeAnswer answer = RangeAnswer.NOT_KNOWN;
    private int tries;

    /** The answer; asked for at the first call, on a thread whose operations are not counted meanwhile. */
    public RangeAnswer answer() {
        RangeAnswer known = answer;
        if (known == RangeAnswer.NOT_KNOWN && tries < MOST_TRIES) {
            tries++;
            known = Privilege.use(new Question());
            answer = known;
        }
        return known;
    }

    /** A question to the kernel. No lambda: it may be the first inside class loading. */
    private record Question() implements PrivilegedAction<RangeAnswer> {

        @Override
        public RangeAnswer run() {
            if (TRANSFER_FROM == null) {
                return RangeAnswer.NOT_KNOWN;
            }
            try (RandomAccessFile file = new RandomAccessFile(FILE, "rw")) {
                FileDescriptor fd = file.getFD();
                return ask(TRANSFER_FROM, fd);
            } catch (IOException e) {
                return RangeAnswer.NOT_KNOWN;
            }
        }
    }

    private static RangeAnswer ask(MethodHandle transferFrom, FileDescriptor fd) {
        try {
            return (long) transferFrom.invoke(fd, fd, 0L, 0L, false) >= 0 ? RangeAnswer.TAKEN : RangeAnswer.REFUSED;
        } catch (IOException e) {
            return RangeAnswer.THROWN;
        } catch (Throwable e) {
            return RangeAnswer.NOT_KNOWN;
        }
    }

    private static @Nullable MethodHandle transferFrom() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            Class<?> type = Class.forName("sun.nio.ch.FileDispatcherImpl", false, null);
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            Object dispatcher = lookup.findConstructor(type, MethodType.methodType(void.class))
                    .invoke();
            MethodType signature = MethodType.methodType(
                    long.class, FileDescriptor.class, FileDescriptor.class, long.class, long.class, boolean.class);
            return lookup.findVirtual(type, "transferFrom", signature).bindTo(dispatcher);
        } catch (Throwable e) {
            return null;
        }
    }
}
