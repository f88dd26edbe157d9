package iopath.jmc;

import iopath.analyzer.event.CallStack;
import iopath.analyzer.event.EventFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.IMCFrame;
import org.openjdk.jmc.common.IMCMethod;
import org.openjdk.jmc.common.IMCStackTrace;
import org.openjdk.jmc.common.item.IAccessorKey;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;

/** The fields that JMC knows of one type of events. */
final class Fields {
    private static final String START = "startTime";
    private static final String STACK = "stackTrace";

    private final Map<String, IMemberAccessor<?, IItem>> accessors = new HashMap<>();

    /** Samples of one stack share one object in JMC's parser. */
    private final Map<IMCStackTrace, EventFields.Trace> traces = new IdentityHashMap<>();

    Fields(IType<IItem> type) {
        for (IAccessorKey<?> key : type.getAccessorKeys().keySet()) {
            accessors.put(key.getIdentifier(), type.getAccessor(key));
        }
    }

    /** Those of one event. */
    OfItem of(IItem item) {
        return new OfItem(item);
    }

    /** The fields of one event, as the analyzer asks for them. */
    final class OfItem implements EventFields {
        private final IItem item;

        private OfItem(IItem item) {
            this.item = item;
        }

        @Override
        public boolean has(String field) {
            return accessors.containsKey(field);
        }

        @Override
        public @Nullable String text(String field) {
            return value(field) instanceof String text ? text : null;
        }

        /** JMC makes a quantity of what has a unit or is an {@code int}, in its own unit, and text of a JVM's number. */
        @Override
        public long number(String field) {
            Object value = value(field);
            if (value instanceof IQuantity quantity) {
                return quantity.longValue();
            }
            if (value instanceof Number number) {
                return number.longValue();
            }
            if (value instanceof String digits) {
                return Long.parseLong(digits);
            }
            throw new IllegalArgumentException(field + " is missing");
        }

        @Override
        public double share(String field) {
            if (value(field) instanceof IQuantity quantity) {
                return quantity.doubleValueIn(UnitLookup.PERCENT_UNITY);
            }
            throw new IllegalArgumentException(field + " is missing");
        }

        @Override
        public long startNanos() {
            if (value(START) instanceof IQuantity time) {
                return time.clampedLongValueIn(UnitLookup.EPOCH_NS);
            }
            throw new IllegalArgumentException(START + " is missing");
        }

        @Override
        public Trace trace() {
            return value(STACK) instanceof IMCStackTrace stack
                    ? traces.computeIfAbsent(stack, s -> Trace.of(callStack(s)))
                    : Trace.NONE;
        }

        private @Nullable Object value(String field) {
            IMemberAccessor<?, IItem> accessor = accessors.get(field);
            return accessor == null ? null : accessor.getMember(item);
        }
    }

    private static CallStack callStack(IMCStackTrace stack) {
        List<CallStack.Frame> frames = new ArrayList<>();
        for (IMCFrame frame : stack.getFrames()) {
            IMCMethod method = frame.getMethod();
            if (method != null && method.getType() != null) {
                Integer line = frame.getFrameLineNumber();
                frames.add(new CallStack.Frame(
                        method.getType().getFullName(), method.getMethodName(), line == null ? 0 : line));
            }
        }
        return new CallStack(frames, stack.getTruncationState().isTruncated());
    }
}
