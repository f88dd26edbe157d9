package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the kernel says of a file, see inode(7).
 *
 * @param key device and number: two with the same key are one file
 * @param uid its owner, as an unsigned number
 * @param gid its group, as an unsigned number
 * @param mode type and permissions
 * @param links how many names it has
 * @param size in bytes
 */
record Inode(Object key, long uid, long gid, int mode, int links, long size) {
    static final int STICKY = 01000;
    static final int WORLD_WRITABLE = 02;
    static final int GROUP_WRITABLE = 020;

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int LINK = 0120000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 040000;
    private static final int WRITE_AND_SEARCH = 3;

    /** That of a path, whose last name is not followed with {@code NOFOLLOW_LINKS}. */
    static Inode of(Path path, LinkOption... links) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:fileKey,uid,gid,mode,nlink,size", links);
        return new Inode(
                value(all, "fileKey", Object.class),
                Integer.toUnsignedLong(value(all, "uid", Integer.class)),
                Integer.toUnsignedLong(value(all, "gid", Integer.class)),
                value(all, "mode", Integer.class),
                value(all, "nlink", Integer.class),
                value(all, "size", Long.class));
    }

    private static <T> T value(Map<String, Object> all, String name, Class<T> type) throws IOException {
        Object value = all.get(name);
        if (!type.isInstance(value)) {
            throw new IOException("this system does not tell the " + name + " of a file");
        }
        return type.cast(value);
    }

    boolean isFolder() {
        return (mode & TYPE) == FOLDER;
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    boolean isSocket() {
        return (mode & TYPE) == SOCKET;
    }

    boolean has(int bits) {
        return (mode & bits) == bits;
    }

    /** Whether the process of these surroundings may make files in this folder, by its permissions. */
    boolean isWritableFor(Surroundings process) {
        if (process.uid() == 0) {
            return true;
        }
        int shift = uid == process.uid() ? 6 : process.isOfGroup(gid) ? 3 : 0;
        return (mode >> shift & WRITE_AND_SEARCH) == WRITE_AND_SEARCH;
    }
}
