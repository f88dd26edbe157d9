package iopath.analyzer.command;

import iopath.analyzer.attach.Proc;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.read.UnreadableException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "iopath",
        description = "Tells by which path bytes travel between files and sockets in a JVM, and why.",
        versionProvider = Iopath.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:a check failed, or the target could not be reached",
            "2:wrong usage",
            "3:input cannot be read; of one that is cut off, what can be read is reported, with a warning and 0",
            "4:a check cannot be decided",
            "130:ended by Ctrl-C"
        })
public final class Iopath implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Option(
            names = {"-v", "-V", "--version"},
            versionHelp = true,
            description = "Print version information and exit.")
    private boolean version;

    Iopath() {}

    /** Runs one command and returns the exit code. */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        CommandLine line = line(System.in, out, err);
        int code = line.execute(arguments);
        out.flush();
        return code;
    }

    /** All commands, before anything is typed. */
    static CommandLine line(InputStream in, PrintStream out, PrintStream err) {
        return new CommandLine(new Iopath())
                .addSubcommand(new ReportCommand(out, err))
                .addSubcommand(new DiffCommand(out, err))
                .addSubcommand(new CheckCommand(out, err))
                .addSubcommand(new MergeCommand(out, err))
                .addSubcommand(new ExportCommand(in, out, err))
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
                .addSubcommand(new CommandLine.HelpCommand())
                .addSubcommand(new VersionCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Iopath::wrongUsage)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        say(
                command,
                e.getMessage() + Meant.by(e) + "; see "
                        + command.getCommandSpec().qualifiedName() + " --help");
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

    /** The word for {@code --version}. */
    @Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
    static final class VersionCommand implements Runnable {
        @ParentCommand
        private @Nullable Iopath parent;

        @Override
        public void run() {
            if (parent != null && parent.spec != null) {
                parent.spec
                        .commandLine()
                        .printVersionHelp(parent.spec.commandLine().getOut());
            }
        }
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
