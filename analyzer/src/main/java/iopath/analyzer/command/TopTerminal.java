package iopath.analyzer.command;

import iopath.analyzer.attach.Interrupt;
import iopath.analyzer.render.TopScreen;
import iopath.analyzer.render.TopView;
import iopath.analyzer.summarize.Live;
import iopath.analyzer.summarize.Moment;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** The live screen on a terminal, which is afterwards what it was. */
final class TopTerminal {
    /** A person's Ctrl-C and the end of the JVM are noticed in so much time. */
    private static final long TICK_MILLIS = 250;

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final PrintStream out;
    private final Live live;
    private final Interrupt interrupt;
    private final BooleanSupplier ended;
    private final long millis;
    private final long count;
    private final boolean colors =
            System.getenv("NO_COLOR") == null || System.getenv("NO_COLOR").isEmpty();
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean left = new AtomicBoolean();
    private TopView view;
    private Moment moment;

    /** A screen that is drawn anew each {@code millis}, {@code count} times. */
    TopTerminal(
            PrintStream out,
            Live live,
            Interrupt interrupt,
            BooleanSupplier ended,
            TopView view,
            long millis,
            long count) {
        this.out = out;
        this.live = live;
        this.interrupt = interrupt;
        this.ended = ended;
        this.view = view;
        this.millis = millis;
        this.count = count;
        this.moment = live.moment(System.nanoTime());
    }

    /** Shows it until the person leaves or the JVM ends; returns whether the JVM has ended. */
    boolean show() throws IOException {
        // By stty: a native library would have to be unpacked, and is warned of from JDK 24 on.
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                .dumb(false)
                .graphemeCluster(false)
                .nativeSignals(true)
                .signalHandler(SignalHandler.SIG_IGN)
                .build()) {
            terminal.handle(Signal.INT, signal -> left.set(true));
            terminal.handle(Signal.WINCH, signal -> resized.set(true));
            Attributes before = terminal.enterRawMode();
            String restore = text(terminal, Capability.cursor_normal) + text(terminal, Capability.exit_ca_mode);
            try {
                terminal.puts(Capability.enter_ca_mode);
                terminal.puts(Capability.cursor_invisible);
                boolean over = loop(terminal);
                terminal.flush();
                return over;
            } catch (IOException | IOError | RuntimeException e) {
                // A kill makes the library close the terminal while it is drawn on.
                if (interrupt.awaited(0)) {
                    return false;
                }
                throw e;
            } finally {
                // Not by the terminal, which may be closed.
                out.print(restore);
                out.flush();
                reset(terminal, before);
            }
        }
    }

    private static void reset(Terminal terminal, Attributes before) {
        try {
            terminal.setAttributes(before);
        } catch (IllegalStateException closed) {
            // It did this itself when it was closed.
            return;
        }
    }

    private static String text(Terminal terminal, Capability capability) {
        StringWriter text = new StringWriter();
        String code = terminal.getStringCapability(capability);
        if (code != null) {
            Curses.tputs(text, code);
        }
        return text.toString();
    }

    private boolean loop(Terminal terminal) throws IOException {
        Display display = new Display(terminal, true);
        Size size = size(terminal);
        long next = System.nanoTime();
        long shown = 0;
        while (!left.get() && !view.quit() && !interrupt.awaited(0)) {
            if (ended.getAsBoolean()) {
                return true;
            }
            if (resized.getAndSet(false)) {
                size = size(terminal);
                display.resize(size.getRows(), size.getColumns());
                display.clear();
            }
            long now = System.nanoTime();
            if (now - next >= 0) {
                if (shown++ == count) {
                    return false;
                }
                next = now + millis * 1_000_000;
                moment = view.paused() ? moment : live.moment(now);
            }
            display.update(picture(size), 0);
            long wait = Math.max(1, Math.min(TICK_MILLIS, (next - System.nanoTime()) / 1_000_000));
            int key = terminal.reader().read(wait);
            if (key == NonBlockingReader.EOF) {
                return false;
            }
            if (key >= 0) {
                view = view.pressed(key);
            }
        }
        return false;
    }

    /** A serial line, or a program that plays a terminal, may tell none: it is then taken for what most were made for. */
    private static Size size(Terminal terminal) {
        Size told = terminal.getSize();
        return new Size(
                told.getColumns() > 0 ? told.getColumns() : USUAL_COLUMNS,
                told.getRows() > 0 ? told.getRows() : USUAL_ROWS);
    }

    private List<AttributedString> picture(Size size) {
        List<AttributedString> lines = new ArrayList<>();
        for (TopScreen.Row row : TopScreen.of(moment, view, Voice.time(moment), size.getColumns(), size.getRows())) {
            lines.add(new AttributedString(row.text(), style(row.look())));
        }
        return lines;
    }

    private AttributedStyle style(TopScreen.Look look) {
        return switch (look) {
            case PLAIN -> AttributedStyle.DEFAULT;
            case BAR -> AttributedStyle.INVERSE;
            case HEAD -> AttributedStyle.BOLD;
            case WARNING ->
                colors ? AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW) : AttributedStyle.DEFAULT;
        };
    }
}
