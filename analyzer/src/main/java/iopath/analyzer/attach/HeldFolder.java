package iopath.analyzer.attach;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of another process, held by a descriptor: the only way by which iopath makes, opens, reads, gives away or
 * deletes files there.
 *
 * <p>It stands against everybody who may change the names in that process's file system while iopath, perhaps as root,
 * works in it: the process itself, others of its user, other local users, and a container with mounts of its own. No
 * path is used twice. The way down begins at {@code /proc/PID/root} and goes one name at a time, each opened relative
 * to the folder before it; links are read and resolved here, so that none leads out of that root. A folder counts only
 * if it is the one that was looked at before it was opened, and a file only by what its open descriptor says: a regular
 * file, of the expected owner, with one name, which is no pipe that would block and no link.
 *
 * <p>It does not stand against who may act as the process's user at all: whoever can change the process's memory need not
 * swap its files.
 */
final class HeldFolder implements AutoCloseable {
    private static final int MOST_LINKS = 40;
    private static final int MOST_NAMES = 256;

    /** How often a folder that somebody renames all the time is looked for. */
    private static final int MOST_TRIES = 1000;

    private static final int MOST_PAUSE_MILLIS = 5;

    /** What a folder of ours could be filled up with. */
    private static final int MOST_ENTRIES = 100_000;

    private final Surroundings process;
    private final String name;
    private final SecureDirectoryStream<Path> stream;
    private final List<Path> claimed;
    private final Path self;
    private final Inode inode;

    /** The folders that lead to it, which are held as long. */
    private List<HeldFolder> way = List.of();

    private Optional<String> objection = Optional.empty();

    private HeldFolder(Surroundings process, String name, DirectoryStream<Path> opened) throws IOException {
        if (!(opened instanceof SecureDirectoryStream<Path> secure)) {
            throw new IOException("this system cannot hold a folder open");
        }
        this.process = process;
        this.name = name;
        this.stream = secure;
        this.claimed = Descriptor.claim(secure.getFileAttributeView(BasicFileAttributeView.class)
                .readAttributes()
                .fileKey());
        this.self = claimed.get(0);
        this.inode = Inode.of(self);
    }

    /**
     * Holds a folder of a process.
     *
     * @param path absolute, as the process sees it
     * @throws IOException if it is none, or was changed while it was looked at
     */
    static HeldFolder of(Surroundings process, String path) throws IOException {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new NotDirectoryException(path);
        }
        List<HeldFolder> opened = new ArrayList<>();
        try {
            HeldFolder found = walk(process, path, opened);
            opened.remove(found);
            found.way = opened;
            return found;
        } catch (IOException | RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    private static HeldFolder walk(Surroundings process, String path, List<HeldFolder> opened) throws IOException {
        HeldFolder root = new HeldFolder(process, "", Files.newDirectoryStream(process.root()));
        opened.add(root);
        Deque<HeldFolder> stack = new ArrayDeque<>(List.of(root));
        Deque<String> names = new ArrayDeque<>(Arrays.asList(path.split("/")));
        int links = 0;
        while (!names.isEmpty()) {
            HeldFolder here = stack.element();
            String next = names.remove();
            if (next.equals("..") && here != root) {
                stack.remove();
            }
            if (next.isEmpty() || next.equals(".") || next.equals("..")) {
                continue;
            }
            if (here.look(next).isLink()) {
                String target = Files.readSymbolicLink(here.path(next)).toString();
                List<String> more = new ArrayList<>(Arrays.asList(target.split("/")));
                more.addAll(names);
                names = new ArrayDeque<>(more);
                if (target.startsWith("/")) {
                    stack = new ArrayDeque<>(List.of(root));
                }
                links++;
            } else {
                HeldFolder child = here.child(next);
                opened.add(child);
                stack.push(child);
            }
            if (links > MOST_LINKS || opened.size() > MOST_NAMES) {
                throw new FileSystemException(path, null, "too many links or folders on the way");
            }
        }
        HeldFolder found = stack.element();
        List<HeldFolder> above = new ArrayList<>(stack);
        found.objection = objection(above, process);
        return found;
    }

    /** Why somebody but the process's own user could swap the last of these folders, or that user not write to it. */
    private static Optional<String> objection(List<HeldFolder> upwards, Surroundings process) {
        for (HeldFolder folder : upwards) {
            if (!process.trusts(folder.inode.uid())) {
                return Optional.of(folder.name() + " belongs to user " + folder.inode.uid()
                        + ", who could put something else there");
            }
            boolean open = folder.inode.has(Inode.WORLD_WRITABLE)
                    || folder.inode.has(Inode.GROUP_WRITABLE) && !process.trustsGroup(folder.inode.gid());
            if (open && !folder.inode.has(Inode.STICKY)) {
                return Optional.of(folder.name()
                        + " can be changed by other users, who could put something else there (chmod +t protects it)");
            }
        }
        HeldFolder last = upwards.get(0);
        return last.inode.isWritableFor(process)
                ? Optional.empty()
                : Optional.of(last.name() + " cannot be written to by the process's own user");
    }

    /**
     * Why nothing of ours belongs here: somebody but the process's user and root could swap it, or the process's user
     * could not make it. Empty if nothing is against it.
     */
    Optional<String> objection() {
        return objection;
    }

    /** The absolute path for the process, without links. */
    String name() {
        return name.isEmpty() ? "/" : name;
    }

    /** A path by which this process reaches an entry, for calls that take nothing else: never followed, used once. */
    Path path(String entry) {
        return self.resolve(entry);
    }

    /** A path by which this process reaches the folder itself, while it is held. */
    Path path() {
        return self;
    }

    /** What it was when it was opened. */
    Inode inode() {
        return inode;
    }

    /** What an entry is now; a link is not followed. */
    Inode look(String entry) throws IOException {
        return Inode.of(path(entry), LinkOption.NOFOLLOW_LINKS);
    }

    /** Bytes that fit into its file system. */
    long room() throws IOException {
        return Files.getFileStore(self).getUsableSpace();
    }

    /** Holds a folder in it. */
    private HeldFolder child(String entry) throws IOException {
        Inode seen = look(entry);
        if (!seen.isFolder()) {
            throw new NotDirectoryException(name + "/" + entry);
        }
        // With the dot the kernel refuses a pipe, where opening it could last for ever; it would follow a link, though.
        HeldFolder made = new HeldFolder(process, name + "/" + entry, stream.newDirectoryStream(Path.of(entry, ".")));
        if (!made.inode.key().equals(seen.key())) {
            made.close();
            throw new FileSystemException(name + "/" + entry, null, "was changed while it was looked at");
        }
        return made;
    }

    /** Makes a folder in it, which is ours. */
    HeldFolder make(String entry, String permissions) throws IOException {
        Files.createDirectory(path(entry), attribute(permissions));
        HeldFolder made = again(entry);
        if (!isOurs(made) || !made.entries().isEmpty()) {
            made.close();
            throw new FileSystemException(name + "/" + entry, null, "was changed while it was made");
        }
        return made;
    }

    /** Lets whoever swaps names go on, which may need our processor. */
    private static void pause(int tries) throws IOException {
        try {
            Thread.sleep(Math.min(tries, MOST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Holds a folder that is there, though it may be swapped for something else now and then. */
    private HeldFolder again(String entry) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return child(entry);
            } catch (IOException e) {
                if (i == MOST_TRIES) {
                    throw e;
                }
                pause(i);
            }
        }
    }

    /** Makes it the process's own, if that runs as another user. */
    void give() throws IOException {
        give(self, inode);
    }

    private void give(Path descriptor, Inode what) throws IOException {
        if (what.uid() != process.uid()) {
            Files.setAttribute(descriptor, "unix:gid", (int) process.gid());
            Files.setAttribute(descriptor, "unix:uid", (int) process.uid());
        }
    }

    /** Makes a file in it and opens it; it is ours. */
    FileChannel create(String entry, String permissions) throws IOException {
        return channel(
                entry,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                attribute(permissions));
    }

    /** Makes an empty file in it that is the process's own. */
    void createTheirs(String entry) throws IOException {
        try (FileChannel made = create(entry, "rw-------")) {
            Path descriptor = Descriptor.of(made);
            give(descriptor, Inode.of(descriptor));
        }
    }

    /**
     * Opens a file of the process's user that lies in it.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is anything but a regular file of that user, with this name only
     */
    FileChannel open(String entry) throws IOException {
        // For writing too, though nothing is written: so a pipe does not block.
        FileChannel opened =
                channel(entry, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        boolean good = false;
        try {
            Inode found = Inode.of(Descriptor.of(opened));
            good = found.isRegular() && found.links() == 1 && found.uid() == process.uid();
        } finally {
            if (!good) {
                opened.close();
            }
        }
        if (!good) {
            throw new FileSystemException(name + "/" + entry, null, "is not a file of the process's own");
        }
        return opened;
    }

    private FileChannel channel(String entry, Set<? extends OpenOption> options, FileAttribute<?>... with)
            throws IOException {
        if (!(stream.newByteChannel(Path.of(entry), options, with) instanceof FileChannel channel)) {
            throw new IOException("this system has no file channels");
        }
        return channel;
    }

    private static FileAttribute<?> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** The names in it, of which there may be many. */
    List<String> entries() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(self)) {
            for (Path entry : all) {
                if (names.size() == MOST_ENTRIES) {
                    break;
                }
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Deletes a file in it, if there is one; a link goes, and what it leads to stays. */
    void delete(String entry) throws IOException {
        try {
            stream.deleteFile(Path.of(entry));
        } catch (NoSuchFileException e) {
            // So much the better.
            return;
        }
    }

    /** Deletes a folder in it that was made here, under whatever name it is now, with the files in it. */
    void remove(HeldFolder made) throws IOException {
        for (String entry : made.entries()) {
            try {
                made.delete(entry);
            } catch (IOException e) {
                // A folder that somebody has put there: it stays, and ours with it.
                continue;
            }
        }
        String first = made.name.substring(made.name.lastIndexOf('/') + 1);
        for (int i = 1; i <= MOST_TRIES && !made.isGone(); i++) {
            Optional<String> at =
                    Optional.of(first).filter(entry -> isAt(entry, made)).or(() -> find(made));
            try {
                if (at.isPresent()) {
                    stream.deleteDirectory(Path.of(at.get()));
                } else {
                    pause(i);
                }
            } catch (DirectoryNotEmptyException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                // It has just got another name.
                pause(i);
            }
        }
    }

    /** Whether it has no name left. */
    private boolean isGone() {
        try {
            return Inode.of(self).links() == 0;
        } catch (IOException e) {
            return true;
        }
    }

    private Optional<String> find(HeldFolder made) {
        try {
            return entries().stream().filter(entry -> isAt(entry, made)).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Deletes a folder of ours in it that has been left with nothing but a file, which nobody has locked. */
    void removeLeft(String entry, String file, Duration young) {
        try (HeldFolder left = child(entry)) {
            FileTime changed = Files.getLastModifiedTime(left.self);
            if (!isOurs(left)
                    || !left.entries().equals(List.of(file))
                    || changed.toInstant().isAfter(Instant.now().minus(young))) {
                return;
            }
            try (FileChannel channel = left.channel(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
                    FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    remove(left);
                }
            }
        } catch (IOException | RuntimeException e) {
            // Somebody else's, or just gone.
            return;
        }
    }

    private boolean isOurs(HeldFolder child) {
        return child.inode.uid() == process.caller()
                && Descriptor.mount(child.self).equals(Descriptor.mount(self));
    }

    private boolean isAt(String entry, HeldFolder folder) {
        try {
            return look(entry).key().equals(folder.inode.key());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Descriptor.release(claimed);
        stream.close();
        closeAll(way);
    }

    private static void closeAll(List<HeldFolder> folders) {
        for (HeldFolder folder : folders) {
            try {
                folder.close();
            } catch (IOException e) {
                // A descriptor of a folder has nothing to write.
                continue;
            }
        }
    }
}
