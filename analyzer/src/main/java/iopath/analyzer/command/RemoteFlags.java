package iopath.analyzer.command;

import iopath.analyzer.attach.RemoteJvm;
import iopath.analyzer.attach.RemoteJvm.Login;
import iopath.analyzer.attach.UnreachableException;
import java.io.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a JVM elsewhere is named, as options of the commands that go there. */
final class RemoteFlags {
    private static final String PASSWORD = "IOPATH_JMX_PASSWORD";

    @Option(names = "--remote", paramLabel = "HOST:PORT", description = "a JVM elsewhere, by its JMX port")
    private @Nullable String address;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "its JMX user; the password is in " + PASSWORD + ", or is asked for")
    private @Nullable String user;

    /** Whether a JVM elsewhere is meant. */
    boolean isGiven() {
        return address != null;
    }

    /** Makes sure that exactly one JVM is named. */
    void check(@Nullable String target) throws CommandException {
        if ((target == null) == (address == null)) {
            throw new CommandException(ExitCode.USAGE, "name one JVM, by PID, MAIN-CLASS or --remote");
        }
        if (address != null && !RemoteJvm.isAddress(address)) {
            throw new CommandException(ExitCode.USAGE, "'" + address + "' is no HOST:PORT; name one with --remote");
        }
        if (user != null && address == null) {
            throw new CommandException(ExitCode.USAGE, "--user goes with --remote");
        }
    }

    RemoteJvm connect() throws CommandException, UnreachableException {
        return RemoteJvm.at(String.valueOf(address), login());
    }

    private @Nullable Login login() throws CommandException {
        String name = user;
        if (name == null) {
            return null;
        }
        String password = System.getenv(PASSWORD);
        Console console = System.console();
        if (password == null && console != null && Voice.isTerminal()) {
            char[] typed = console.readPassword("password of %s: ", name);
            password = typed == null ? null : new String(typed);
        }
        if (password == null) {
            throw new CommandException(
                    ExitCode.USAGE, "no password for --user " + name + "; put it into the environment as " + PASSWORD);
        }
        return new Login(name, password);
    }
}
