package iopath.analyzer.command;

import iopath.analyzer.attach.Proc;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.read.UnreadableException;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "iopath",
        description = "Tells by which path bytes travel between files and sockets in a JVM, and why.",
        mixinStandardHelpOptions = true,
        versionProvider = Iopath.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:a check failed, or the target could not be reached",
            "2:wrong usage",
            "3:input cannot be read as a whole"
        })
public final class Iopath implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    Iopath() {}

    /** Runs one command and returns the exit code. */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(new Iopath())
                .addSubcommand(new ReportCommand(out, err))
                .addSubcommand(new DiffCommand(out, err))
                .addSubcommand(new CheckCommand(out, err))
                .addSubcommand(new MergeCommand(out, err))
                .addSubcommand(new RecordCommand(out, err))
                .addSubcommand(new AttachCommand(out))
                .addSubcommand(new DetachCommand(out))
                .addSubcommand(new StatusCommand(out))
                .addSubcommand(new TopCommand(out))
                .addSubcommand(new DemoCommand(out, err))
                .addSubcommand(new PsCommand(Proc.host(), out))
                .addSubcommand(new DoctorCommand(Proc.host(), out))
                .addSubcommand(new CalibrateCommand(out, err))
                .addSubcommand(new CompletionCommand(out))
                .addSubcommand(new ManualCommand(out))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Iopath::wrongUsage)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
        int code = line.execute(arguments);
        out.flush();
        return code;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        say(command, e.getMessage() + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command) {
        if (e instanceof CommandException known) {
            say(command, known.getMessage());
            return known.exitCode();
        }
        if (e instanceof UnreachableException unreachable) {
            say(command, unreachable.getMessage());
            return ExitCode.FAILED;
        }
        if (e instanceof UnreadableException unreadable) {
            say(command, unreadable.getMessage());
            return ExitCode.UNREADABLE;
        }
        say(command, "internal error: " + e + at(e) + "; please report it");
        return ExitCode.FAILED;
    }

    private static String at(Exception e) {
        StackTraceElement[] stack = e.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }

    private static void say(CommandLine command, @Nullable String message) {
        command.getErr().println("iopath: " + OneLine.of(message));
        command.getErr().flush();
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Iopath.class.getPackage().getImplementationVersion();
            return new String[] {"iopath " + (version == null ? "(not packaged)" : version)};
        }
    }
}
