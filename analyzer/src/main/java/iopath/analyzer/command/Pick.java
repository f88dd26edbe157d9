package iopath.analyzer.command;

import iopath.analyzer.attach.Jvm;
import iopath.analyzer.attach.Jvms;
import iopath.analyzer.attach.Proc;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the process that a person means by a number or by a part of its main class. */
final class Pick {
    private Pick() {}

    static long pid(String word) throws CommandException {
        if (word.matches("[0-9]{1,10}")) {
            return Long.parseLong(word);
        }
        List<Jvm> found = new Jvms(Proc.host())
                .list().stream().filter(jvm -> jvm.mainClass().contains(word)).toList();
        if (found.size() == 1) {
            return found.get(0).pid();
        }
        throw new CommandException(
                ExitCode.FAILED,
                found.isEmpty()
                        ? "no JVM has a main class like '" + word + "'; iopath ps lists them"
                        : "several JVMs have a main class like '" + word + "': "
                                + found.stream()
                                        .map(jvm -> Long.toString(jvm.pid()))
                                        .collect(Collectors.joining(", "))
                                + "; name one by its process id");
    }
}
