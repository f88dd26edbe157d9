package iopath.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Starts one server, says {@code ready PORT} and maybe {@code second PORT}, stops it when standard input ends. */
final class ServerMain {

    private static final int WRONG_USAGE = 2;

    private ServerMain() {}

    private static Map<String, Server.Starter> starters() {
        Map<String, Server.Starter> starters = new TreeMap<>();
        starters.put("armeria", ArmeriaServer::start);
        starters.put("javalin", JavalinServer::start);
        starters.put("jdk", JdkServer::start);
        starters.put("jetty", JettyServer::start);
        starters.put("netty", NettyServer::start);
        starters.put("spring-mvc", SpringMvcServer::start);
        starters.put("spring-webflux", SpringWebFluxServer::start);
        starters.put("tomcat", TomcatServer::start);
        starters.put("undertow", UndertowServer::start);
        starters.put("vertx", VertxServer::start);
        return starters;
    }

    /** Takes {@code SERVER [--OPTION ...] FOLDER}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Server.Starter> starters = starters();
        Server.Starter starter = arguments.length < 2 ? null : starters.get(arguments[0]);
        Path folder = Path.of(arguments.length == 0 ? "" : arguments[arguments.length - 1]);
        if (starter == null || !Files.isDirectory(folder.resolve("files"))) {
            System.err.println("iopath-servers: takes SERVER [--OPTION ...] FOLDER, where SERVER is one of "
                    + String.join(", ", starters.keySet()) + " and FOLDER has a folder 'files', not "
                    + String.join(" ", arguments));
            System.exit(WRONG_USAGE);
            return;
        }
        onlyWarnings();
        serve(starter, new Setup(folder.toRealPath(), options(arguments)));
        // Some servers leave threads that would keep the JVM.
        System.exit(0);
    }

    private static Set<String> options(String[] arguments) {
        Set<String> options = new TreeSet<>();
        Arrays.stream(arguments, 1, arguments.length - 1)
                .map(option -> option.replaceFirst("^--", ""))
                .forEach(options::add);
        return options;
    }

    /** What servers say while all goes well is nothing that a test should have to skip. */
    private static void onlyWarnings() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new ConsoleHandler());
    }

    private static void serve(Server.Starter starter, Setup setup) throws Exception {
        Files.createDirectories(setup.folder().resolve("uploads"));
        try (Server server = starter.start(setup)) {
            System.out.println("ready " + server.port());
            if (setup.has("second")) {
                System.out.println("second " + server.second());
            }
            awaitEnd();
        }
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // What is said does not matter.
        }
    }
}
