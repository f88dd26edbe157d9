package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.Route;
import iopath.it.Jdks.Jdk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A web server with sendfile: clients ask it for one file all the time, and others, when it is time, for the site. */
final class WebSubject implements Subject {

    private static final String BUSY = "busy.bin";
    private static final int BUSY_BYTES = 200_000;
    private static final int TIMEOUT_SECONDS = 60;

    private final Site site;
    private final Process process;
    private final Path errors;
    private final int second;
    private final WebLoad load;

    private WebSubject(Site site, Process process, Path errors, int second, WebLoad load) {
        this.site = site;
        this.process = process;
        this.errors = errors;
        this.second = second;
        this.load = load;
    }

    static WebSubject start(String server, Jdk jdk, Path folder) throws Exception {
        Site site = Site.in(Files.createDirectory(folder.resolve("site")), false);
        byte[] busy = new byte[BUSY_BYTES];
        new Random(3).nextBytes(busy);
        Files.write(site.largeFile().resolveSibling(BUSY), busy);
        Path errors = folder.resolve("stderr");
        List<String> command = new ArrayList<>(List.of(jdk.tool("java"), "-Xmx256m"));
        command.addAll(ServerJvm.quiet(jdk));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName()));
        command.addAll(List.of(server, "--second", site.folder().toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.redirectError(errors.toFile()).start();
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            int port = port(out, "ready ", errors);
            int second = port(out, "second ", errors);
            return new WebSubject(site, process, errors, second, WebLoad.start(port, "/" + BUSY, busy));
        } catch (IOException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int port(BufferedReader out, String word, Path errors) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(word)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new AssertionError("did not start: " + Files.readString(errors));
        }
        return Integer.parseInt(line.substring(word.length()));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Load load() {
        return load;
    }

    @Override
    public Clients.Counts work() throws Exception {
        Clients.Counts counts = new Clients(second, site, false, false).run();
        site.checkUploads();
        return counts;
    }

    @Override
    public Endpoint listener() {
        return new Endpoint("socket", "127.0.0.1:" + second);
    }

    /** The large file is read by nobody else; a small one may come out of a cache. */
    @Override
    public void check(Ledger ledger) {
        long large = (long) Clients.COUNT * site.large().length;
        assertThat(ledger.moved(site.largeFile(), "read")).as("the large file").isEqualTo(large);
        assertThat(ledger.routes(route ->
                        site.largeFile().toString().equals(route.source().name())))
                .as("how it left")
                .containsOnlyKeys(new Route(
                        new Endpoint("file", site.largeFile().toString()),
                        listener(),
                        "sendfile",
                        "none",
                        null,
                        "kernel",
                        0,
                        0))
                .containsValue(large);
        for (int client = 0; client < Clients.COUNT; client++) {
            Path upload = site.uploads().resolve(Site.uploadName(client));
            assertThat(ledger.moved(upload, "write")).as(upload.toString()).isEqualTo(site.upload().length);
        }
    }

    @Override
    public void end() throws Exception {
        load.end();
        process.getOutputStream().close();
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        assertThat(ServerJvm.complaints(errors)).isEmpty();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
