package iopath.analyzer.command;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of the command line, as {@code man} reads it: roff with its {@code man} macros. */
final class ManualPage {
    private static final List<String> ENVIRONMENT = List.of(
            "JAVA_HOME", "The JDK to run with; else the java of the path.",
            "NO_COLOR", "Where it is set and not empty, nothing is coloured.",
            "XDG_CACHE_HOME", "Where iopath/calibration.json is kept, instead of ~/.cache.",
            "IOPATH_JMX_PASSWORD", "Password for --remote, of the user of --user.");

    private final CommandSpec root;
    private final StringBuilder text = new StringBuilder();

    private ManualPage(CommandSpec root) {
        this.root = root;
    }

    /** The whole page, its last line ended. */
    static String of(CommandSpec root) {
        ManualPage page = new ManualPage(root);
        page.write();
        return page.text.toString();
    }

    private void write() {
        macro("TH IOPATH 1 \"\" \"" + escaped(root.version().length == 0 ? "iopath" : root.version()[0]) + "\"");
        String[] purpose = root.usageMessage().description();
        macro("SH NAME");
        line("iopath - tells by which path bytes travel between files and sockets in a JVM, and why");
        macro("SH SYNOPSIS");
        macro("B iopath");
        line("COMMAND [OPTION ...] [ARGUMENT ...]");
        macro("SH DESCRIPTION");
        line(String.join(" ", purpose));
        macro("SH COMMANDS");
        root.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .forEach(this::command);
        macro("SH EXIT STATUS");
        root.usageMessage().exitCodeList().forEach((code, meaning) -> item(code, meaning));
        macro("SH ENVIRONMENT");
        for (int i = 0; i < ENVIRONMENT.size(); i += 2) {
            item(ENVIRONMENT.get(i), ENVIRONMENT.get(i + 1));
        }
        macro("SH FILES");
        item("~/.cache/iopath/calibration.json", "What a GB costs on this host, by iopath calibrate.");
    }

    private void command(CommandSpec command) {
        macro("SS iopath " + escaped(command.name()));
        line(String.join(" ", command.usageMessage().description()));
        command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .forEach(this::parameter);
        command.options().stream().filter(option -> !option.hidden()).forEach(this::option);
        String[] footer = command.usageMessage().footer();
        if (footer.length > 0) {
            macro("PP");
            macro("nf");
            for (String footerLine : footer) {
                line(footerLine);
            }
            macro("fi");
        }
    }

    private void parameter(PositionalParamSpec parameter) {
        item(parameter.paramLabel(), described(parameter));
    }

    private void option(OptionSpec option) {
        String names = List.of(option.names()).stream().collect(Collectors.joining(", "));
        item(option.arity().max() == 0 ? names : names + " " + option.paramLabel(), described(option));
    }

    private static String described(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    private void item(String name, String meaning) {
        macro("TP");
        macro("B " + escaped(name));
        line(meaning);
    }

    private void macro(String macro) {
        text.append('.').append(macro).append('\n');
    }

    private void line(String words) {
        // A dot or an apostrophe at the start would be a request.
        boolean isRequest = words.startsWith(".") || words.startsWith("'");
        text.append(isRequest ? "\\&" : "").append(escaped(words)).append('\n');
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\e").replace("-", "\\-").replace("%n", " ").replace("\n", " ");
    }
}
