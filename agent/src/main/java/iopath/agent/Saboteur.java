package iopath.agent;

import iopath.agent.probe.Sink;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls of hooks fail, so that tests can show that the application does not change, and that each is counted.
 *
 * <p>The system property {@code iopath.test.throw} says at which call of each method: a number, 1 for all of them.
 */
final class Saboteur {

    /** Property with how many calls have failed so far. */
    private static final String THROWN = "iopath.test.thrown";

    private static final Set<String> SPARED = Set.of("resume", "suppressed", "toString", "hashCode", "equals");

    private Saboteur() {}

    /** The sink itself, unless some of its calls are to fail. */
    static Sink of(Sink sink) {
        long each = Long.getLong("iopath.test.throw", 0);
        if (each <= 0) {
            return sink;
        }
        AtomicLong thrown = new AtomicLong();
        Map<Method, AtomicLong> calls = new ConcurrentHashMap<>();
        for (Method method : Sink.class.getMethods()) {
            calls.put(method, new AtomicLong());
        }
        return (Sink) Proxy.newProxyInstance(
                Saboteur.class.getClassLoader(), new Class<?>[] {Sink.class}, (proxy, method, arguments) -> {
                    AtomicLong count = calls.get(method);
                    boolean fails = count != null && count.incrementAndGet() % each == 0;
                    if (fails && !SPARED.contains(method.getName())) {
                        System.setProperty(THROWN, Long.toString(thrown.incrementAndGet()));
                        throw new IllegalStateException("iopath.test.throw");
                    }
                    return call(sink, method, arguments);
                });
    }

    private static @Nullable Object call(Sink sink, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(sink, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
