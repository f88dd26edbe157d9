package iopath.analyzer.saved;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON text, whose fields have to be there.
 *
 * @param place where it stands, as in {@code transfers[3]}
 */
record Node(String place, Map<?, ?> fields) {

    /** Makes a value of an object. */
    interface Form<T> {
        T of(Node node) throws BadReportException;
    }

    static Node parse(String json) throws BadReportException {
        try {
            return new Node("", JSON.std.mapFrom(json));
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw new BadReportException(
                    "it is no JSON object: " + message.lines().findFirst().orElse(message));
        }
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    String text(String name) throws BadReportException {
        return as(name, String.class, "text");
    }

    @Nullable
    String textOrNull(String name) throws BadReportException {
        return fields.get(name) == null ? null : text(name);
    }

    boolean flag(String name) throws BadReportException {
        return as(name, Boolean.class, "true or false");
    }

    /** A whole number from 0 up, as all counts and sums are. */
    long number(String name) throws BadReportException {
        long number = whole(name, fields.get(name));
        if (number < 0) {
            throw wrong(name, "a whole number from 0 up");
        }
        return number;
    }

    double real(String name) throws BadReportException {
        return as(name, Number.class, "a number").doubleValue();
    }

    /** A number of so few that an {@code int} holds it. */
    int count(String name, String want) throws BadReportException {
        long number = number(name);
        if (number != (int) number) {
            throw wrong(name, want);
        }
        return (int) number;
    }

    @Nullable
    Long numberOrNull(String name) throws BadReportException {
        return fields.get(name) == null ? null : number(name);
    }

    /** A point in time, in nanoseconds since the epoch. */
    long nanos(String name) throws BadReportException {
        try {
            Instant time = Instant.parse(text(name));
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(name, "a point in time");
        }
    }

    Node object(String name) throws BadReportException {
        return new Node(path(name), as(name, Map.class, "an object"));
    }

    <T> @Nullable T objectOrNull(String name, Form<T> form) throws BadReportException {
        return fields.get(name) == null ? null : form.of(object(name));
    }

    <T> List<T> objects(String name, Form<T> form) throws BadReportException {
        List<T> values = new ArrayList<>();
        for (Object value : list(name)) {
            String element = name + "[" + values.size() + "]";
            if (!(value instanceof Map<?, ?> object)) {
                throw wrong(element, "an object");
            }
            values.add(form.of(new Node(path(element), object)));
        }
        return values;
    }

    List<String> texts(String name) throws BadReportException {
        List<String> values = new ArrayList<>();
        for (Object value : list(name)) {
            if (!(value instanceof String text)) {
                throw wrong(name + "[" + values.size() + "]", "text");
            }
            values.add(text);
        }
        return values;
    }

    /** All fields of an object whose fields are texts. */
    Map<String, String> texts() throws BadReportException {
        Map<String, String> texts = new TreeMap<>();
        for (Object name : fields.keySet()) {
            texts.put(String.valueOf(name), text(String.valueOf(name)));
        }
        return texts;
    }

    List<Long> numbers(String name) throws BadReportException {
        List<Long> values = new ArrayList<>();
        for (Object value : list(name)) {
            values.add(whole(name + "[" + values.size() + "]", value));
        }
        return values;
    }

    BadReportException wrong(String name, String want) {
        return new BadReportException(path(name) + " is missing, or is not " + want);
    }

    private List<?> list(String name) throws BadReportException {
        return as(name, List.class, "a list");
    }

    private long whole(String name, @Nullable Object value) throws BadReportException {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "a whole number");
    }

    private <T> T as(String name, Class<T> type, String want) throws BadReportException {
        Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw wrong(name, want);
        }
        return type.cast(value);
    }

    private String path(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }
}
