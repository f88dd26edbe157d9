package iopath.analyzer.command;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.util.ArrayList;
import java.util.List;

/** Finds the process that a person means by a number or by a part of its main class. */
final class Pick {
    private Pick() {}

    static long pid(String word) throws CommandException {
        if (word.matches("[0-9]{1,10}")) {
            return Long.parseLong(word);
        }
        List<VirtualMachineDescriptor> found = new ArrayList<>();
        for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
            boolean self = jvm.id().equals(Long.toString(ProcessHandle.current().pid()));
            if (!self && jvm.displayName().split(" ", 2)[0].contains(word)) {
                found.add(jvm);
            }
        }
        if (found.size() == 1) {
            return Long.parseLong(found.get(0).id());
        }
        throw new CommandException(
                ExitCode.FAILED,
                found.isEmpty()
                        ? "no JVM has a main class like '" + word + "'; iopath ps lists them"
                        : "several JVMs have a main class like '" + word + "': "
                                + String.join(
                                        ", ",
                                        found.stream()
                                                .map(VirtualMachineDescriptor::id)
                                                .toList())
                                + "; name one by its process id");
    }
}
