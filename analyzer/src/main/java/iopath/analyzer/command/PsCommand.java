package iopath.analyzer.command;

import iopath.analyzer.attach.Jvm;
import iopath.analyzer.attach.Jvms;
import iopath.analyzer.attach.Proc;
import iopath.analyzer.render.JvmList;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the JVMs of this host. */
@Command(
        name = "ps",
        description = "Lists the JVMs of this host, of all users and in containers, and whether iopath can get into"
                + " them; attaches to none.",
        mixinStandardHelpOptions = true)
final class PsCommand implements Callable<Integer> {
    private final Proc proc;
    private final PrintStream out;

    @Mixin
    private TextOrJson answer = new TextOrJson();

    PsCommand(Proc proc, PrintStream out) {
        this.proc = proc;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException {
        answer.check();
        if (!proc.isThere()) {
            throw new CommandException(ExitCode.FAILED, "there is no /proc to find JVMs in; try jcmd -l");
        }
        List<JvmList.Row> rows =
                new Jvms(proc).list().stream().map(PsCommand::row).toList();
        answer.write(() -> JvmList.text(rows), () -> JvmList.json(rows), out);
        return ExitCode.OK;
    }

    private static JvmList.Row row(Jvm jvm) {
        return new JvmList.Row(
                jvm.pid(),
                jvm.mainClass(),
                jvm.version(),
                jvm.process().user(),
                jvm.process().container(),
                jvm.refusal(),
                jvm.hasIopath());
    }
}
