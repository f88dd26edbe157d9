package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** An imitation of /proc in a folder, with this program as process 7. */
final class FakeProc {
    static final long SELF = 7;
    static final String ID = "3f2a".repeat(16);

    private final Path folder;

    FakeProc(Path folder) throws IOException {
        this.folder = folder;
        Files.createSymbolicLink(folder.resolve("self"), Path.of(Long.toString(SELF)));
        process(SELF, 1000, "java", "iopath.Main");
    }

    Proc proc() {
        return new Proc(folder);
    }

    /** A process that lives as we do. */
    FakeProc process(long pid, long uid, String... words) throws IOException {
        Files.createDirectories(path(pid, "ns"));
        Files.createDirectories(path(pid, "fd"));
        shared(pid, "tmp");
        status(pid, uid, "S", Long.toString(pid));
        write(pid, "cmdline", String.join("\0", words) + "\0");
        write(pid, "environ", "");
        write(pid, "limits", "Limit  Soft Limit  Hard Limit  Units\nMax open files            1024    4096    files\n");
        write(pid, "mountinfo", "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n");
        link(pid, "ns/mnt", "mnt:[1]");
        link(pid, "ns/pid", "pid:[1]");
        link(pid, "exe", "/opt/jdk/bin/java");
        return this;
    }

    /** A folder in its root that everybody may write to. */
    FakeProc shared(long pid, String name) throws IOException {
        Path folder = Files.createDirectories(path(pid, "root").resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        return this;
    }

    /** A HotSpot JVM of version 17 that lives as we do. */
    FakeProc jvm(long pid, long uid, String... words) throws IOException {
        process(pid, uid, words);
        write(pid, "maps", "7ff-800 r-xp 0 fe:00 42      /opt/jdk/lib/server/libjvm.so\n");
        write(pid, "root/opt/jdk/release", "JAVA_VERSION=\"17.0.1\"\nMODULES=\"java.base java.instrument jdk.jfr\"\n");
        return this;
    }

    FakeProc status(long pid, long uid, String state, String namespacePids) throws IOException {
        return write(
                pid,
                "status",
                "Name:\tjava\nState:\t" + state + " (so)\nUid:\t" + uid + "\t" + uid + "\t0\t0\nGid:\t" + uid + "\t"
                        + uid + "\t0\t0\nGroups:\t4 24 \nNSpid:\t" + namespacePids + "\nSigCgt:\t0000000101005ccd\n");
    }

    FakeProc write(long pid, String name, String text) throws IOException {
        Path file = path(pid, name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        return this;
    }

    FakeProc link(long pid, String name, String target) throws IOException {
        Files.deleteIfExists(path(pid, name));
        Files.createSymbolicLink(path(pid, name), Path.of(target));
        return this;
    }

    FakeProc descriptors(long pid, List<String> targets) throws IOException {
        for (int i = 0; i < targets.size(); i++) {
            link(pid, "fd/" + i, targets.get(i));
        }
        return this;
    }

    /** As another user finds it. */
    FakeProc hide(long pid, String... names) throws IOException {
        for (String name : names) {
            Files.delete(path(pid, name));
        }
        return this;
    }

    Path path(long pid, String name) {
        return folder.resolve(Long.toString(pid)).resolve(name);
    }
}
