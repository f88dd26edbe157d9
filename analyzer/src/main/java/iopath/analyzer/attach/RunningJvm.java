package iopath.analyzer.attach;

import iopath.analyzer.event.Jvm;

/** What a JVM's own properties say of it. */
final class RunningJvm {
    private RunningJvm() {}

    static Jvm of(long pid, String command, String version) {
        String mainClass = Told.line(command.strip().split(" ", 2)[0]);
        return new Jvm(version.isEmpty() ? null : Told.line(version), pid, mainClass.isEmpty() ? null : mainClass);
    }
}
