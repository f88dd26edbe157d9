package iopath.agent.endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Paths of iopath's own files, which no application reads or writes: its jar, its recordings. Thread-safe. */
public final class OwnFiles {

    private final Set<String> paths = ConcurrentHashMap.newKeySet();

    /** Takes a file; under its real name too, as the kernel tells that. */
    public void add(Path file) {
        paths.add(file.toAbsolutePath().normalize().toString());
        try {
            paths.add(file.toRealPath().toString());
        } catch (IOException e) {
            // Not made yet, or gone: then nobody reads it under another name.
            return;
        }
    }

    /** Whether the file is one of these, be it deleted since. */
    boolean has(String path) {
        return paths.contains(path)
                || path.endsWith(MappedFile.DELETED)
                        && paths.contains(path.substring(0, path.length() - MappedFile.DELETED.length()));
    }
}
