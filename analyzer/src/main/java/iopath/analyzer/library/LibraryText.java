package iopath.analyzer.library;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text of a table of libraries. */
final class LibraryText {
    private static final String LIBRARY = "Library";
    private static final String FLOW = "Flow";
    private static final List<String> OF_LIBRARY = List.of(LIBRARY, "Packages", "Role", "Read");
    private static final List<String> OF_ADVICE =
            List.of(FLOW, "Paths", "Reasons", "Remedy", "Setting", "Default", "Since", "Fix", "Also", "Source");

    private final List<Library> libraries = new ArrayList<>();
    private @Nullable Entry library;
    private final List<Advice> advice = new ArrayList<>();

    private LibraryText() {}

    /**
     * The libraries in the order of the text.
     *
     * @throws IllegalArgumentException if a line is not as docs/libraries.md describes; the message says which
     */
    static List<Library> parse(List<String> lines) {
        LibraryText text = new LibraryText();
        for (Entry entry : entries(lines)) {
            text.add(entry);
        }
        text.endLibrary();
        return text.libraries;
    }

    private static List<Entry> entries(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        Entry open = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                open = null;
            } else if (!line.startsWith("#")) {
                if (open == null) {
                    open = new Entry(i + 1);
                    entries.add(open);
                }
                open.line(i + 1, line);
            }
        }
        return entries;
    }

    private void add(Entry entry) {
        if (entry.fields.containsKey(LIBRARY)) {
            endLibrary();
            entry.check(OF_LIBRARY);
            library = entry;
        } else if (library == null) {
            throw bad(entry.at, "advice comes after the library that it is about");
        } else {
            entry.check(OF_ADVICE);
            advice.add(entry.advice());
        }
    }

    private void endLibrary() {
        if (library != null) {
            libraries.add(library.library(advice));
            advice.clear();
            library = null;
        }
    }

    private static IllegalArgumentException bad(int line, String what) {
        return new IllegalArgumentException("libraries.txt, line " + line + ": " + what);
    }

    /** Lines without an empty one between them. */
    private static final class Entry {
        private final int at;
        private final Map<String, String> fields = new LinkedHashMap<>();
        private @Nullable String last;

        Entry(int at) {
            this.at = at;
        }

        void line(int number, String line) {
            if (line.startsWith(" ")) {
                if (last == null) {
                    throw bad(number, "there is no field that it could go on with");
                }
                fields.merge(last, line.strip(), (before, more) -> before + " " + more);
                return;
            }
            int colon = line.indexOf(": ");
            if (colon < 0 || line.substring(colon + 1).isBlank()) {
                throw bad(number, "a line is 'Field: value'");
            }
            last = line.substring(0, colon);
            if (fields.put(last, line.substring(colon + 2).strip()) != null) {
                throw bad(number, "the entry has " + last + " twice");
            }
        }

        /** Known fields, in their order. */
        void check(List<String> known) {
            List<String> inOrder = known.stream().filter(fields::containsKey).toList();
            if (!inOrder.equals(List.copyOf(fields.keySet()))) {
                throw bad(at, "the fields are " + String.join(", ", known) + ", in this order");
            }
        }

        Library library(List<Advice> advice) {
            return new Library(
                    need(LIBRARY), List.of(need("Packages").split(" +")), need("Role"), need("Read"), advice);
        }

        Advice advice() {
            String fix = fields.get("Fix");
            if ((fix == null) != fields.containsKey("Also")) {
                throw bad(at, "an entry has either Fix or Also");
            }
            return new Advice(
                    set(need(FLOW), ", *"),
                    set(fields.getOrDefault("Paths", ""), ", *"),
                    set(need("Reasons"), ", *"),
                    need("Remedy"),
                    fields.get("Setting"),
                    fields.get("Default"),
                    fields.get("Since"),
                    fix == null ? need("Also") : fix,
                    fix != null,
                    set(need("Source"), " +"));
        }

        private String need(String field) {
            String value = fields.get(field);
            if (value == null) {
                throw bad(at, "the entry has no " + field);
            }
            return value;
        }

        private static Set<String> set(String value, String between) {
            return value.isEmpty() ? Set.of() : Set.of(value.split(between));
        }
    }
}
