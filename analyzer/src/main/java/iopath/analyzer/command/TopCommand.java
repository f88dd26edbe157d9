package iopath.analyzer.command;

import iopath.analyzer.attach.Interrupt;
import iopath.analyzer.attach.LiveSource;
import iopath.analyzer.attach.RemoteJvm;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.read.LiveEvents;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.TopScreen;
import iopath.analyzer.render.TopView;
import iopath.analyzer.summarize.Live;
import iopath.analyzer.summarize.Moment;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a running JVM does, second by second. */
@Command(
        name = "top",
        description = "Shows by which path the bytes of a running JVM travel, second by second.",
        footer = {"", "Examples:", "  iopath top 4711", "  iopath top --remote db1:7091 --plain --count 10"},
        mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {
    private static final double LEAST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 3600;
    private static final long FIRST_EVENTS_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintStream out;

    @Parameters(arity = "0..1", paramLabel = Pick.LABEL, description = Pick.DESCRIPTION)
    private @Nullable String target;

    @Mixin
    private RemoteFlags remote = new RemoteFlags();

    @Mixin
    private AgentFlags flags = new AgentFlags();

    @Mixin
    private AppFlags app = new AppFlags();

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "time from one picture to the next; default: ${DEFAULT-VALUE}")
    private double interval = 1;

    @Option(names = "--count", paramLabel = "N", description = "end after so many pictures; default: go on")
    private @Nullable Long count;

    @Option(names = "--plain", description = "print lines, as it is without a terminal")
    private boolean plain;

    @Option(names = "--ascii", description = "draw bars without block characters")
    private boolean ascii;

    TopCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException, UnreadableException, IOException {
        check();
        // The clock of another machine may be another.
        Live live = new Live(!remote.isGiven() ? System.currentTimeMillis() * 1_000_000 : 0, app.application());
        try (Interrupt interrupt = new Interrupt()) {
            if (remote.isGiven()) {
                followRemote(live, interrupt);
            } else {
                follow(Pick.pid(String.valueOf(target)), live, interrupt);
            }
        }
        return ExitCode.OK;
    }

    private void check() throws CommandException {
        remote.check(target);
        if (remote.isGiven() && !flags.text().isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, flags.text() + " does not go with --remote: the agent there has its options");
        }
        if (!(interval >= LEAST_SECONDS && interval <= MOST_SECONDS)) {
            throw new CommandException(ExitCode.USAGE, "--interval is " + interval + "; give seconds from 0.1 to 3600");
        }
        if (count != null && count < 1) {
            throw new CommandException(ExitCode.USAGE, "--count is " + count + "; give 1 or more");
        }
    }

    private void follow(long pid, Live live, Interrupt interrupt)
            throws UnreachableException, UnreadableException, IOException {
        try (LiveSource source = LiveSource.of(pid, flags.text())) {
            live.jvm(source.jvm());
            // What JFR still has of the last minute fills the bars from the start.
            Instant since = Instant.now().minusSeconds(Live.HISTORY_SECONDS);
            try (LiveEvents events = LiveEvents.of(source.repository(), since, live)) {
                show(live, interrupt, () -> !source.isAlive() || events.ended());
            }
        }
    }

    private void followRemote(Live live, Interrupt interrupt)
            throws CommandException, UnreachableException, IOException {
        try (RemoteJvm jvm = remote.connect()) {
            if (!jvm.state().attached()) {
                throw jvm.withoutAgent();
            }
            live.jvm(jvm.jvm());
            try (LiveEvents events = events(jvm, live)) {
                show(live, interrupt, () -> !jvm.isAlive() || events.ended());
            }
        }
    }

    private static LiveEvents events(RemoteJvm jvm, Live live) throws UnreachableException {
        try {
            return LiveEvents.of(jvm.connection(), live);
        } catch (IOException | RuntimeException e) {
            throw jvm.unreachable(e);
        }
    }

    private void show(Live live, Interrupt interrupt, BooleanSupplier ended) throws IOException {
        TopView view = TopView.start(ascii || !Voice.isUnicode());
        boolean over = !plain && Voice.isTerminal()
                ? new TopTerminal(out, live, interrupt, ended, view, millis(), most()).show()
                : print(live, interrupt, ended, view);
        if (over) {
            out.println("the JVM has ended");
        }
    }

    private long most() {
        return count == null ? Long.MAX_VALUE : count;
    }

    private long millis() {
        return Math.round(interval * 1000);
    }

    /** Returns whether the JVM has ended. */
    private boolean print(Live live, Interrupt interrupt, BooleanSupplier ended, TopView view) {
        long begun = System.nanoTime();
        long most = most();
        for (long shown = 0; shown < most; ) {
            if (interrupt.awaited(millis())) {
                return false;
            }
            boolean over = ended.getAsBoolean();
            Moment moment = live.moment(System.nanoTime());
            if (moment.current() || over || System.nanoTime() - begun > FIRST_EVENTS_NANOS) {
                TopScreen.plain(moment, view, Voice.time(moment)).forEach(out::println);
                out.println();
                out.flush();
                shown++;
            }
            if (over) {
                return true;
            }
        }
        return false;
    }
}
