package iopath.agent;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Totals;
import iopath.agent.emit.AgentFacts;
import iopath.agent.emit.AgentRecording;
import iopath.agent.emit.Emitter;
import iopath.agent.emit.RecordingWatch;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Namer;
import iopath.agent.instrument.HookInstaller;
import iopath.agent.link.LinkTable;
import iopath.agent.observe.Observer;
import iopath.agent.probe.Probe;
import iopath.agent.probe.Sink;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The only wiring: builds the stages and connects them. */
final class Profiler {

    /** Rows of totals for a thread before new ones are folded. */
    private static final int ROWS = 2048;

    /** 2^12 buckets of 16 KiB each: links into 64 MiB of buffers at a time. */
    private static final int LINK_BITS = 12;

    private Profiler() {}

    static void start(Instrumentation instrumentation, AgentOptions options)
            throws IOException, URISyntaxException, ClassNotFoundException {
        boolean tiny = "tiny".equals(System.getProperty("iopath.test.tableSize"));
        Namer namer = new Namer(options.redactPaths(), options.redactPeers());
        HookInstaller hooks = new HookInstaller(instrumentation, options.hooks());
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            AgentMain.say("no profile: this Java runtime has no jdk.jfr module");
            return;
        }
        Endpoints endpoints = new Endpoints(namer, tiny ? 8 : Endpoints.LIMIT);
        Details details = new Details();
        Totals totals = new Totals(endpoints, tiny ? 4 : ROWS);
        LinkTable links = new LinkTable(tiny ? 1 : LINK_BITS);
        Emitter emitter = new Emitter(facts(options), endpoints, details, totals, links, hooks::states);
        Observer observer = new Observer(endpoints, links, details, totals, emitter, options.sample());

        emitter.register();
        Preload.run(agentJar());
        hooks.install();
        if (options.hooks() == null && !SelfCheck.passes(agentJar(), namer)) {
            AgentMain.say("the hooks do not see this JVM's operations; the report will say which were not applied");
        }
        if (Boolean.getBoolean("iopath.test.throw")) {
            Probe.sink = throwing();
            return;
        }
        new RecordingWatch(emitter, observer).start();
        if (options.record() != null) {
            AgentRecording.start(options.record());
        }
    }

    private static AgentFacts facts(AgentOptions options) {
        String command = System.getProperty("sun.java.command", "");
        String main = command.isEmpty() ? "" : command.split(" ", 2)[0];
        return new AgentFacts(
                AgentMain.version(),
                System.getProperty("java.version", ""),
                main,
                options.text(),
                System.currentTimeMillis());
    }

    private static Path agentJar() throws URISyntaxException {
        return Path.of(Profiler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** A sink that fails at every call: what the application does must not change. */
    private static Sink throwing() {
        return (Sink)
                Proxy.newProxyInstance(Profiler.class.getClassLoader(), new Class<?>[] {Sink.class}, (p, m, a) -> {
                    throw new IllegalStateException("test");
                });
    }
}
