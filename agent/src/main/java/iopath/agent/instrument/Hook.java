package iopath.agent.instrument;

import org.jspecify.annotations.Nullable;

/**
 * A method to weave.
 *
 * @param family what the option {@code hooks} names
 * @param type binary name of the class
 * @param method name, {@code <init>} for a constructor
 * @param descriptor as in the class file
 * @param since first JDK feature version that has the method
 * @param until last JDK feature version that has it
 * @param advice what is woven in: the name of a class of this package, so that it is not loaded for its name
 */
record Hook(Family family, String type, String method, String descriptor, int since, int until, String advice) {

    /** Hooks that are switched together. */
    enum Family {
        CHANNELS("channels"),
        STREAMS("streams"),
        BUFFERS("buffers"),
        TLS("tls"),
        /** Copies from memory to memory that the JDK makes. */
        COPIES("copies"),
        /** Classes of libraries, woven when they load, in any class loader. */
        LIBRARIES("libraries"),
        /** Copies from memory to memory that libraries make. */
        LIBRARY_COPIES("copies");

        private final String text;

        Family(String text) {
            this.text = text;
        }

        /** The name in the option {@code hooks}. */
        String text() {
            return text;
        }
    }

    private static final String PACKAGE = Hook.class.getPackageName() + '.';

    /** Any version of the JDK. */
    static final int ALWAYS = Integer.MAX_VALUE;

    /** Stands for all methods of a class that copy. */
    static final String ANY = "*";

    /** An advice of {@link CopySites} instead of code. */
    static final String COPY_CALLS = "CopyCallAdvice";

    /** An advice of {@link EachRead} instead of code. */
    static final String EACH_READ = "LineAdvice";

    /** Class and method, as in events. */
    String target() {
        return type + '.' + method + (isOfAllMethods() ? "" : parameters());
    }

    /** Binary name of the advice's class. */
    String adviceType() {
        return PACKAGE + advice;
    }

    /** Whether it is woven into each method of the class. */
    boolean isOfAllMethods() {
        return method.equals(ANY);
    }

    /** Whether the class is one of a library, and not of what the boot loader has. */
    boolean isOfLibrary() {
        return family == Family.LIBRARIES || family == Family.LIBRARY_COPIES;
    }

    /** Whether it is the same method of a library, as another version of it has it. */
    boolean isAnotherFormOf(Hook other) {
        return isOfLibrary() && type.equals(other.type) && method.equals(other.method) && advice.equals(other.advice);
    }

    /** The same method of a copy of the library. */
    Hook in(Relocation copy) {
        return new Hook(family, copy.type(type), method, copy.descriptor(descriptor), since, until, advice);
    }

    /** By hand, as what the compiler makes of a record costs a start-up tens of milliseconds (JDK 17 to 25). */
    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + method.hashCode()) + descriptor.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Hook hook
                        && type.equals(hook.type)
                        && method.equals(hook.method)
                        && descriptor.equals(hook.descriptor)
                        && family == hook.family
                        && since == hook.since
                        && until == hook.until
                        && advice.equals(hook.advice);
    }

    boolean fits(int jdk) {
        return since <= jdk && jdk <= until;
    }

    /** The parameters' simple names: enough to tell overloads apart. */
    private String parameters() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 1; descriptor.charAt(i) != ')'; i++) {
            if (text.length() > 1) {
                text.append(',');
            }
            int arrays = 0;
            while (descriptor.charAt(i) == '[') {
                arrays++;
                i++;
            }
            switch (descriptor.charAt(i)) {
                case 'L' -> {
                    int end = descriptor.indexOf(';', i);
                    String name = descriptor.substring(i + 1, end);
                    text.append(name.substring(name.lastIndexOf('/') + 1));
                    i = end;
                }
                case 'B' -> text.append("byte");
                case 'I' -> text.append("int");
                case 'J' -> text.append("long");
                case 'Z' -> text.append("boolean");
                default -> text.append(descriptor.charAt(i));
            }
            text.append("[]".repeat(arrays));
        }
        return text.append(')').toString();
    }
}
