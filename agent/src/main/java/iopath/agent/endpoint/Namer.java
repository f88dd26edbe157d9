package iopath.agent.endpoint;

import iopath.agent.classify.EndpointKind;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of endpoints, as the kernel knows them.
 *
 * <p>A file is named by the link in {@code /proc/self/fd} (proc(5)). A socket is named by its service end, so that
 * ephemeral ports never become names: an accepted one by its local address, a connected one by its remote address.
 */
public final class Namer {

    /** First ephemeral port where {@code /proc/sys/net/ipv4/ip_local_port_range} cannot be read (ip(7)). */
    private static final int DEFAULT_EPHEMERAL = 32768;

    /** Names of the descriptors 0 to 2, unless they are files. */
    private static final List<String> STANDARD = List.of("(stdin)", "(stdout)", "(stderr)");

    /** Files that iopath may read in the JVM that it watches, where it is used in tests. */
    private static final String RECORDING = ".jfr";

    /** Where the JDK reads the limits of a container, as JFR has it do. */
    private static final String CONTROL_GROUPS = "/sys/fs/cgroup/";

    private static final String PROCESSES = "/proc/";

    private static final int S_IFMT = 0xF000;
    private static final int S_IFSOCK = 0xC000;
    private static final int S_IFIFO = 0x1000;
    private static final int S_IFREG = 0x8000;

    private final @Nullable HiddenNames hiddenPaths;
    private final boolean hidePeers;
    private final int firstEphemeral;
    private final OwnFiles own;
    private final RuntimeFiles runtime = new RuntimeFiles();

    /** Names where iopath has no files. */
    public Namer(@Nullable HiddenNames hiddenPaths, boolean hidePeers) {
        this(hiddenPaths, hidePeers, new OwnFiles());
    }

    /**
     * Names with or without paths and peer addresses.
     *
     * @param hiddenPaths what stands in for paths, {@code null} to show them
     * @param own files of iopath itself
     */
    public Namer(@Nullable HiddenNames hiddenPaths, boolean hidePeers, OwnFiles own) {
        this.own = own;
        this.hiddenPaths = hiddenPaths;
        this.hidePeers = hidePeers;
        this.firstEphemeral = firstEphemeral();
    }

    /**
     * What is known of an endpoint before it has a row.
     *
     * @param archive whether it is one that class loaders read, and the application may
     */
    record Name(EndpointKind kind, String text, boolean regular, long device, boolean ignored, boolean archive) {

        Name(EndpointKind kind, String text, boolean regular, long device, boolean ignored) {
            this(kind, text, regular, device, ignored, false);
        }

        /** The same as the application's. */
        Name ofApplication() {
            return new Name(kind, text, regular, device, false, archive);
        }
    }

    /** The name of an open descriptor; kind file and name {@code (closed)} if it is not open any more. */
    Name ofDescriptor(FileDescriptor fd, int number) {
        Path link = link(number);
        try {
            Map<String, Object> stat = stat(link);
            return isOf(stat, S_IFSOCK) ? ofSocket(fd, false) : named(link, number, stat);
        } catch (IOException | UnsupportedOperationException e) {
            return new Name(EndpointKind.FILE, "(closed)", false, 0, false);
        }
    }

    /** The name of a descriptor that is open and no socket. */
    Name ofNumber(int number) {
        Path link = link(number);
        try {
            return named(link, number, stat(link));
        } catch (IOException | UnsupportedOperationException e) {
            return new Name(EndpointKind.FILE, "(closed)", false, 0, false);
        }
    }

    /** The name of a file that need not be open. */
    Name ofPath(String path) {
        try {
            Path real = Path.of(path).toRealPath();
            return file(real.toString(), stat(real));
        } catch (IOException | UnsupportedOperationException e) {
            return new Name(EndpointKind.FILE, path(path), false, 0, false);
        }
    }

    /** The size of a file, 0 if it cannot be had. */
    long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Where proc(5) has the file behind a descriptor. */
    static Path link(int number) {
        return Path.of("/proc/self/fd/" + number);
    }

    private static Map<String, Object> stat(Path file) throws IOException {
        return Files.readAttributes(file, "unix:mode,dev");
    }

    private static boolean isOf(Map<String, Object> stat, int type) {
        return stat.get("mode") instanceof Integer mode && (mode & S_IFMT) == type;
    }

    private static long device(Map<String, Object> stat) {
        return stat.get("dev") instanceof Long device ? device : 0;
    }

    private Name named(Path link, int number, Map<String, Object> stat) throws IOException {
        String text = Files.readSymbolicLink(link).toString();
        return isOf(stat, S_IFIFO)
                ? new Name(EndpointKind.PIPE, pipe(text, number), false, device(stat), false)
                : file(text, stat);
    }

    private Name file(String text, Map<String, Object> stat) {
        boolean regular = isOf(stat, S_IFREG) && !isKernelMade(text);
        boolean ignored = isOwn(text);
        boolean archive = !ignored && RuntimeFiles.isArchive(text);
        if (archive || text.endsWith(RECORDING) || text.startsWith(CONTROL_GROUPS) || text.startsWith(PROCESSES)) {
            ignored |= runtime.reads();
        }
        return new Name(EndpointKind.FILE, path(text), regular, device(stat), ignored, archive);
    }

    /** Whether what reads an archive just now, on this thread, is the Java runtime. */
    boolean isReadByRuntime() {
        return runtime.reads();
    }

    private String pipe(String text, int number) {
        if (number < STANDARD.size()) {
            return STANDARD.get(number);
        }
        return text.startsWith("pipe:") ? "(pipe)" : path(text);
    }

    /** The name of a socket: the address of its service, which is the local one if it was accepted. */
    Name ofSocket(FileDescriptor fd, boolean accepted) {
        SocketAddress local = JdkInternals.localAddress(fd);
        SocketAddress remote = JdkInternals.remoteAddress(fd);
        return socket(accepted || remote == null || isServer(local, remote) ? local : remote);
    }

    /** The name of a socket channel that has connected: a Unix domain socket alone does not know its peer. */
    Name ofConnected(Object channel) {
        return socket(JdkInternals.remote(channel));
    }

    /** Whether the local end looks like the service, for a socket that was accepted before it was seen. */
    private boolean isServer(@Nullable SocketAddress local, SocketAddress remote) {
        return local instanceof InetSocketAddress l
                && remote instanceof InetSocketAddress r
                && l.getPort() < firstEphemeral
                && r.getPort() >= firstEphemeral;
    }

    private Name socket(@Nullable SocketAddress service) {
        return new Name(EndpointKind.SOCKET, address(service), false, 0, false);
    }

    private String address(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            InetAddress host = inet.getAddress();
            String text = hidePeers || host == null ? "(peer)" : host.getHostAddress();
            return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + inet.getPort();
        }
        if (address instanceof UnixDomainSocketAddress unix) {
            String path = unix.getPath().toString();
            return path.isEmpty() ? "unix:(unnamed)" : "unix:" + path(path);
        }
        return "(unnamed)";
    }

    private String path(String text) {
        return hiddenPaths == null || text.isEmpty() ? text : hiddenPaths.path(text);
    }

    private static boolean isKernelMade(String path) {
        return path.startsWith("/proc/") || path.startsWith("/sys/");
    }

    /** Whether a file is no application's: iopath's, JFR's, the Java runtime's, or what wakes threads (eventfd(2)). */
    private boolean isOwn(String path) {
        return own.has(path) || isRecorder(path) || path.startsWith("anon_inode:") || runtime.owns(path);
    }

    /** JFR sets the property when it makes its repository ({@code jdk.jfr.internal.Repository}). */
    private static boolean isRecorder(String path) {
        String repository = System.getProperty("jdk.jfr.repository");
        return repository != null && !repository.isEmpty() && path.startsWith(repository);
    }

    private static int firstEphemeral() {
        try {
            String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
            return Integer.parseInt(range.strip().split("\\s+")[0]);
        } catch (IOException | NumberFormatException e) {
            return DEFAULT_EPHEMERAL;
        }
    }
}
