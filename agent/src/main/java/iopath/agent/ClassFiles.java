package iopath.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * What the agent needs of its own jar after its start, read once in the life of a JVM.
 *
 * <p>Whoever loads an agent may delete its jar, or put another version in its place, as soon as it is loaded.
 *
 * @param stages names of the classes that an operation runs through
 * @param bytes class files of the probe and of the advices, by name
 */
record ClassFiles(List<String> stages, Map<String, byte[]> bytes) {

    private static final String ROOT = ClassFiles.class.getPackageName().replace('.', '/') + '/';
    private static final Set<String> STAGES = Set.of("aggregate", "classify", "emit", "endpoint", "link", "observe");
    private static final Set<String> WOVEN = Set.of("instrument", "probe");
    private static final String SUFFIX = ".class";

    private static @Nullable ClassFiles read;

    /** Those of the jar that this class is from. The jar is read at the first call. */
    static synchronized ClassFiles own() throws IOException, URISyntaxException {
        ClassFiles known = read;
        if (known == null) {
            known = of(jar());
            read = known;
        }
        return known;
    }

    private static ClassFiles of(Path jar) throws IOException {
        List<String> stages = new ArrayList<>();
        Map<String, byte[]> bytes = new HashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String stage = stage(entry.getName());
                String type = type(entry.getName());
                if (STAGES.contains(stage)) {
                    stages.add(type);
                } else if (WOVEN.contains(stage)) {
                    try (InputStream in = file.getInputStream(entry)) {
                        bytes.put(type, in.readAllBytes());
                    }
                }
            }
        }
        return new ClassFiles(stages, bytes);
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

    /** The class file of a type. */
    byte[] of(String type) throws IOException {
        byte[] file = bytes.get(type);
        if (file == null) {
            throw new IOException("the agent's jar has no class " + type);
        }
        return file;
    }
}
