package iopath.analyzer.command;

import iopath.analyzer.attach.Jvm;
import iopath.analyzer.attach.Jvms;
import iopath.analyzer.attach.Proc;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the process that a person means by its id, by a whole word of its main class, or by the name of its jar. */
final class Pick {
    /** How a target is described where a command takes one. */
    static final String DESCRIPTION =
            "the JVM, by process id, by its main class or a whole word of it, or by the name of its jar";

    static final String LABEL = "PID|MAIN-CLASS|JAR";

    private static final String JAR = ".jar";
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,9}");

    private Pick() {}

    static long pid(String word) throws CommandException {
        if (ID.matcher(word).matches()) {
            return Long.parseLong(word);
        }
        if (!Character.isJavaIdentifierStart(word.isEmpty() ? ' ' : word.charAt(0))) {
            throw new CommandException(
                    ExitCode.USAGE, "'" + word + "' is no process id, main class or jar; iopath ps lists the JVMs");
        }
        List<Jvm> found = new Jvms(Proc.host())
                .list().stream().filter(jvm -> isMeant(word, jvm.mainClass())).toList();
        if (found.size() == 1) {
            return found.get(0).pid();
        }
        throw new CommandException(
                ExitCode.FAILED,
                found.isEmpty()
                        ? "no JVM has '" + word + "' as a word of its main class, or as its jar; iopath ps lists them"
                        : "several JVMs have '" + word + "' in the name of their main class or jar: "
                                + found.stream()
                                        .map(jvm -> jvm.pid() + " (" + jvm.mainClass() + ")")
                                        .collect(Collectors.joining(", "))
                                + "; name one by its process id");
    }

    /** Whether a word is the name of a main class or whole words of it, or the name of a jar, with its ending or without. */
    static boolean isMeant(String word, String name) {
        if (name.endsWith(JAR)) {
            String file = "/" + name;
            return file.endsWith("/" + word) || file.endsWith("/" + word + JAR);
        }
        return Pattern.compile("(^|[./$])" + Pattern.quote(word) + "($|[./$])")
                .matcher(name)
                .find();
    }
}
