package iopath.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What the agent needs of its own jar after its start, read once in the life of a JVM.
 *
 * <p>Whoever loads an agent may delete its jar, or put another version in its place, as soon as it is loaded. The jar is
 * therefore kept open until all is read. An idle agent reads by name: to go through all entries takes as long as weaving.
 */
final class ClassFiles implements Function<String, byte @Nullable []> {

    private static final String ROOT = ClassFiles.class.getPackageName().replace('.', '/') + '/';
    private static final Set<String> STAGES = Set.of("aggregate", "classify", "emit", "endpoint", "link", "observe");
    private static final Set<String> WOVEN = Set.of("instrument", "probe");
    private static final String SUFFIX = ".class";

    private static @Nullable ClassFiles opened;

    private final Map<String, byte[]> bytes = new HashMap<>();
    private final List<String> stages = new ArrayList<>();

    /** {@code null} once all is read. */
    private @Nullable ZipFile jar;

    private ClassFiles(ZipFile jar) {
        this.jar = jar;
    }

    /** Those of the jar that this class is from. The jar is opened at the first call. */
    static synchronized ClassFiles own() throws IOException, URISyntaxException {
        ClassFiles known = opened;
        if (known == null) {
            known = new ClassFiles(new ZipFile(jar().toFile()));
            opened = known;
        }
        return known;
    }

    /** Names of the classes that an operation runs through; reads all that there is to be read. */
    synchronized List<String> stages() throws IOException {
        ZipFile file = jar;
        if (file != null) {
            for (var entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String stage = stage(entry.getName());
                String type = type(entry.getName());
                if (STAGES.contains(stage)) {
                    stages.add(type);
                } else if (WOVEN.contains(stage) && !bytes.containsKey(type)) {
                    bytes.put(type, read(file, entry));
                }
            }
            jar = null;
            file.close();
        }
        return stages;
    }

    /** The class file of the probe or of an advice; {@code null} if the jar has none of this name. */
    @Override
    public synchronized byte @Nullable [] apply(String type) {
        byte[] known = bytes.get(type);
        ZipFile file = jar;
        if (known == null && file != null) {
            String name = type.replace('.', '/') + SUFFIX;
            ZipEntry entry = WOVEN.contains(stage(name)) ? file.getEntry(name) : null;
            if (entry != null) {
                try {
                    known = read(file, entry);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                bytes.put(type, known);
            }
        }
        return known;
    }

    private static byte[] read(ZipFile file, ZipEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** The package below the agent's own that an entry lies in; empty if it is no class of one. */
    private static String stage(String entry) {
        boolean own = entry.startsWith(ROOT) && entry.endsWith(SUFFIX) && !entry.endsWith("package-info.class");
        int slash = entry.indexOf('/', ROOT.length());
        return own && slash > 0 ? entry.substring(ROOT.length(), slash) : "";
    }

    private static String type(String entry) {
        return entry.substring(0, Math.max(0, entry.length() - SUFFIX.length())).replace('/', '.');
    }

    private static Path jar() throws IOException, URISyntaxException {
        Path jar = Path.of(ClassFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Files.exists(jar) ? jar : deleted(jar);
    }

    /** Where the jar is that this class is from; {@code null} if that cannot be told. */
    static @Nullable Path location() {
        try {
            return jar();
        } catch (IOException | URISyntaxException e) {
            return null;
        }
    }

    /** The JVM keeps the jars of its class path open: proc(5) leads to one that was deleted. */
    private static Path deleted(Path jar) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : descriptors) {
                if (leadsTo(link, jar + " (deleted)")) {
                    return link;
                }
            }
        }
        throw new IOException("the agent's jar " + jar + " was deleted before it was read; put it there again");
    }

    private static boolean leadsTo(Path link, String file) {
        try {
            return Files.readSymbolicLink(link).toString().equals(file);
        } catch (IOException e) {
            // Closed since the folder was read.
            return false;
        }
    }

    /** The class file of a type that must be there. */
    byte[] of(String type) throws IOException {
        byte[] file = apply(type);
        if (file == null) {
            throw new IOException("the agent's jar has no class " + type);
        }
        return file;
    }
}
