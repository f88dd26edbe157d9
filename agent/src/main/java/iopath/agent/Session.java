package iopath.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * What iopath does in this JVM: each load of the agent after the first talks to it.
 *
 * <p>A client reads the state and the last answer from two system properties, which needs no thread or socket here.
 */
final class Session implements Profiler.Owner {

    /** Property with the state: {@code attached} or {@code detached}, then fields of {@link Profiler#status}. */
    static final String STATUS = "iopath.agent.status";

    /** What the state begins with while the hooks are in. */
    static final String ATTACHED = "attached";

    /** Property with one line that says what came of the last load. */
    static final String ANSWER = "iopath.agent.answer";

    /** Property with the file that the agent was loaded from, so that a client can use the path again. */
    private static final String JAR = "iopath.agent.jar";

    /** A second load finds the first by it: the JVM hands the agent nothing else. Guarded by this class. */
    private static @Nullable Session current;

    private final Instrumentation instrumentation;
    private volatile @Nullable Profiler profiler;
    private boolean once;

    /** Whether the client of the recording lives; {@code null} if the recording has no client. */
    private volatile @Nullable ClientWatch clientWatch;

    private Session(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Does what one load of the agent asks for; returns the answer.
     *
     * @param beforeMain whether the JVM has just started, and may never record anything
     */
    static String apply(Instrumentation instrumentation, AgentOptions options, boolean beforeMain)
            throws Refusal, IOException, URISyntaxException, ReflectiveOperationException {
        synchronized (Session.class) {
            Session session = current;
            if (session == null) {
                session = new Session(instrumentation);
                current = session;
            }
            try {
                tellJar();
                return session.apply(options, beforeMain && options.record() == null);
            } finally {
                session.publish();
            }
        }
    }

    /** Takes a file that iopath is about to read: an agent that is in already would count it as the application's. */
    static void own(String file) {
        synchronized (Session.class) {
            Profiler running = current == null ? null : current.profiler;
            if (running != null) {
                running.own(file);
            }
        }
    }

    private static void tellJar() {
        CodeSource source = Session.class.getProtectionDomain().getCodeSource();
        if (source != null && source.getLocation() != null) {
            System.setProperty(JAR, source.getLocation().getPath());
        }
    }

    private String apply(AgentOptions options, boolean idle)
            throws Refusal, IOException, URISyntaxException, ReflectiveOperationException {
        String client = options.client();
        if (client != null && !client.equals(AgentMain.version())) {
            return "error: version " + AgentMain.version() + " is in this JVM, and the client is version " + client
                    + "; use the client of that version, or restart the JVM";
        }
        Profiler running = profiler;
        if (options.detach()) {
            if (running == null) {
                return "not attached; nothing to do";
            }
            String left = detach();
            return left == null ? "detached" : "detached; " + left;
        }
        if (options.stop()) {
            if (running == null || !running.isRecording()) {
                return "not recording; nothing to do";
            }
            running.stopRecording();
            return "stopped recording";
        }
        boolean disturbs = running != null && (options.record() != null || options.changes(running.options()));
        if (running != null && disturbs && running.isRecording()) {
            return "error: a recording by iopath runs in this JVM; wait for its end, or detach";
        }
        boolean fresh = running == null;
        if (running != null && options.changes(running.options())) {
            detach();
        }
        String answer = fresh
                ? "attached"
                : profiler == null ? "attached again with other options" : "already attached; nothing to do";
        if (profiler == null) {
            attach(options, idle);
        }
        if (options.record() != null && profiler != null) {
            once = options.once() && fresh;
            clientWatch = options.watch() == null ? null : new ClientWatch(Path.of(options.watch()));
            try {
                profiler.record(options.record(), this::ended);
            } catch (Throwable e) {
                if (fresh) {
                    profiler.withdraw(e);
                    profiler = null;
                } else {
                    profiler.stopRecording();
                }
                throw e;
            }
            answer = fresh ? "attached and recording" : "recording";
        }
        return answer;
    }

    private void attach(AgentOptions options, boolean idle)
            throws Refusal, IOException, URISyntaxException, ReflectiveOperationException {
        Room.check();
        Fault.at("read");
        ClassFiles files = ClassFiles.own();
        Fault.at("probe");
        BootProbe.define(instrumentation, files);
        Profiler made = new Profiler(instrumentation, options, files, this);
        made.install(idle);
        profiler = made;
    }

    /** Called on a thread that may hold locks of JFR: what is behind the hooks could not be made. */
    @Override
    public void failed(Throwable why) {
        later(() -> {
            synchronized (Session.class) {
                Profiler running = profiler;
                if (running != null) {
                    running.withdraw(why);
                    profiler = null;
                    publish();
                    AgentMain.refuse("cannot record (" + why + "); the hooks were taken out again");
                }
            }
        });
    }

    private @Nullable String detach() {
        Profiler running = profiler;
        profiler = null;
        return running == null ? null : running.uninstall();
    }

    /**
     * Called by JFR once the recording has ended; may hold locks of JFR, so the work is for a thread of its own.
     *
     * @param why it ended before its time, or {@code null}
     */
    private void ended(@Nullable String why) {
        publish();
        ClientWatch watch = clientWatch;
        clientWatch = null;
        if (watch != null) {
            later(() -> {
                if (watch.isGoneNow()) {
                    watch.clean();
                }
            });
        }
        if (why != null) {
            stopped(why);
        } else if (once) {
            later(() -> {
                synchronized (Session.class) {
                    detach();
                    publish();
                }
            });
        }
    }

    /** Called on JFR's threads, each second while a recording runs: one whose client has ended is nobody's. */
    @Override
    public void news() {
        publish();
        ClientWatch watch = clientWatch;
        if (watch != null && watch.isGone()) {
            later(() -> {
                synchronized (Session.class) {
                    Profiler running = profiler;
                    if (running != null && watch == clientWatch) {
                        running.stopRecording();
                    }
                }
            });
        }
    }

    /** Called on JFR's thread while the disk fills under recordings that others have made. */
    @Override
    public void lowSpace() {
        Profiler running = profiler;
        if (running != null && !running.isRecording()) {
            stopped("the disk under JFR's repository is nearly full");
        }
    }

    private void stopped(String why) {
        System.setProperty(ANSWER, "stopped: " + why);
        AgentMain.say(why + "; iopath stops recording");
        later(() -> {
            synchronized (Session.class) {
                Profiler running = profiler;
                if (running != null) {
                    running.silence();
                    detach();
                    publish();
                }
            }
        });
    }

    private static void later(Runnable work) {
        Thread thread = new Thread(work, "iopath end");
        thread.setDaemon(true);
        thread.start();
    }

    private void publish() {
        Profiler running = profiler;
        System.setProperty(STATUS, running == null ? "detached" : ATTACHED + ";" + running.status());
    }
}
