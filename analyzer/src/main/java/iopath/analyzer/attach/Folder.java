package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of another process.
 *
 * @param name as the process calls it
 * @param path as it is reached from here
 */
record Folder(String name, Path path) {
    private static final int WRITE_AND_SEARCH = 3;

    /** Why neither the process nor we can make files in it; empty if we can. */
    Optional<String> obstacle(Proc proc, ProcessFacts process) {
        if (!Files.isDirectory(path)) {
            return Optional.of(
                    Files.isReadable(process.root())
                            ? "there is no folder " + name + " in it"
                            : "we may not look into its root directory (capability SYS_PTRACE)");
        }
        if (Mount.of(proc, process.pid(), name).filter(Mount::isReadOnly).isPresent()) {
            return Optional.of(name + " is on a read-only file system");
        }
        if (!Files.isWritable(path)) {
            return Optional.of(name + " cannot be written to by us");
        }
        return isWritableFor(process)
                ? Optional.empty()
                : Optional.of(name + " cannot be written to by " + process.user());
    }

    /** Bytes that fit into it, as far as the file system tells. */
    long room() {
        return path.toFile().getUsableSpace();
    }

    private boolean isWritableFor(ProcessFacts process) {
        if (process.uid() == 0) {
            return true;
        }
        try {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,gid,mode");
            if (!(attributes.get("uid") instanceof Integer uid)
                    || !(attributes.get("gid") instanceof Integer gid)
                    || !(attributes.get("mode") instanceof Integer mode)) {
                return true;
            }
            long group = Integer.toUnsignedLong(gid);
            int shift = Integer.toUnsignedLong(uid) == process.uid()
                    ? 6
                    : group == process.gid() || process.groups().contains(group) ? 3 : 0;
            return (mode >> shift & WRITE_AND_SEARCH) == WRITE_AND_SEARCH;
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }
}
