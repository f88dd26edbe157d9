package iopath.analyzer.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldFolderTest {
    @TempDir
    private Path root = Path.of("");

    private Surroundings process = new Surroundings(1, 1, 0, 0, Set.of(), root, 0, Set.of());

    @BeforeEach
    void aFolderForTemporaryFiles() throws IOException {
        Files.createDirectories(root.resolve("work/tmp"));
        Inode own = Inode.of(root);
        process = new Surroundings(1, 1, own.uid(), own.gid(), Set.of(), root, own.uid(), Set.of(own.uid()));
    }

    @Test
    void aLinkLeadsWhereItLeadsInThatRoot() throws Exception {
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/work/tmp"));
        Files.createSymbolicLink(root.resolve("work/up"), Path.of("../../../../work/./tmp/"));

        for (String path : new String[] {"/absolute", "/work/up", "/../work/tmp", "//work/up/../tmp/."}) {
            try (HeldFolder found = HeldFolder.of(process, path)) {
                assertThat(found.name()).isEqualTo("/work/tmp");
                assertThat(found.inode().key())
                        .isEqualTo(Inode.of(root.resolve("work/tmp")).key());
            }
        }
    }

    @Test
    void noLinkLeadsOutOfThatRoot() throws Exception {
        Files.createSymbolicLink(root.resolve("out"), Path.of("/proc/self"));
        Files.createSymbolicLink(root.resolve("up"), Path.of("../../../../../../../../proc"));

        assertThatThrownBy(() -> HeldFolder.of(process, "/out")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> HeldFolder.of(process, "/up")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void linksInACircleEnd() throws Exception {
        Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
        Files.createSymbolicLink(root.resolve("c"), Path.of("c/c"));

        assertThatThrownBy(() -> HeldFolder.of(process, "/a")).hasMessageContaining("too many links");
        assertThatThrownBy(() -> HeldFolder.of(process, "/c")).hasMessageContaining("too many links");
    }

    @Test
    void aPipeIsNoFolderAndNoFile() throws Exception {
        pipe(root.resolve("work/pipe"));

        assertThatThrownBy(() -> HeldFolder.of(process, "/work/pipe")).isInstanceOf(IOException.class);
        try (HeldFolder work = HeldFolder.of(process, "/work")) {
            assertThatThrownBy(() -> work.open("pipe")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileIsOpenedOnlyIfItIsRegularAndHasOneNameAndOneOwner() throws Exception {
        Path work = root.resolve("work");
        Files.writeString(work.resolve("plain"), "ours");
        Files.writeString(work.resolve("linked"), "somebody's");
        Files.createLink(work.resolve("second"), work.resolve("linked"));
        Files.createSymbolicLink(work.resolve("link"), Path.of("plain"));
        Files.createSymbolicLink(work.resolve("zero"), Path.of("/dev/zero"));

        try (HeldFolder held = HeldFolder.of(process, "/work")) {
            try (FileChannel plain = held.open("plain")) {
                assertThat(plain.position()).isZero();
                assertThat(plain.size()).isEqualTo(4);
            }
            for (String name : new String[] {"second", "link", "zero", "tmp"}) {
                assertThatThrownBy(() -> held.open(name)).as(name).isInstanceOf(IOException.class);
            }
        }
        Surroundings other = new Surroundings(1, 1, process.uid() + 1, 0, Set.of(), root, 0, Set.of());
        try (HeldFolder held = HeldFolder.of(other, "/work")) {
            assertThatThrownBy(() -> held.open("plain")).hasMessageContaining("not a file of the process's own");
        }
    }

    @Test
    void whatIsHeldStaysWhatItIsWhenItsNameGoesToAnother() throws Exception {
        Path work = root.resolve("work");
        Path precious = Files.createDirectory(root.resolve("precious"));
        Files.writeString(precious.resolve("a"), "precious");
        try (HeldFolder place = HeldFolder.of(process, "/work");
                HeldFolder made = place.make("iopath", "rwx------")) {
            made.create("a", "rw-------").close();
            Files.move(work.resolve("iopath"), work.resolve("aside"));
            Files.createSymbolicLink(work.resolve("iopath"), precious);

            made.create("b", "rw-------").close();
            made.give();
            place.remove(made);
        }
        assertThat(precious.resolve("a")).hasContent("precious");
        assertThat(precious.resolve("b")).doesNotExist();
        assertThat(work.resolve("aside")).doesNotExist();
        assertThat(work.resolve("iopath")).isSymbolicLink();
    }

    @Test
    void twoHeldAtOnceOnOneFolderDoNotCloseEachOther() throws Exception {
        HeldFolder first = HeldFolder.of(process, "/work");
        try (HeldFolder second = HeldFolder.of(process, "/work")) {
            first.close();
            assertThat(second.entries()).containsExactly("tmp");
        }
    }

    @Test
    void aNameThatIsTakenIsNotUsed() throws Exception {
        try (HeldFolder work = HeldFolder.of(process, "/work")) {
            assertThatThrownBy(() -> work.make("tmp", "rwx------")).isInstanceOf(IOException.class);
            Files.createSymbolicLink(root.resolve("work/dangling"), Path.of("/tmp/nowhere"));
            assertThatThrownBy(() -> work.create("dangling", "rw-------")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFolderThatOthersCanSwapIsObjectedTo() throws Exception {
        mode("work/tmp", 01777);
        assertThat(objection("/work/tmp")).isEmpty();
        mode("work/tmp", 0777);
        assertThat(objection("/work/tmp")).contains("changed by other users");
        mode("work/tmp", 0700);
        assertThat(objection("/work/tmp")).isEmpty();
        mode("work", 0777);
        assertThat(objection("/work/tmp")).contains("/work can be changed by other users");
        mode("work", 0755);
        Surroundings stranger = new Surroundings(1, 1, process.uid() + 1, 12345, Set.of(), root, 0, process.trusted());
        try (HeldFolder found = HeldFolder.of(stranger, "/work/tmp")) {
            assertThat(found.objection().orElse("")).contains("cannot be written to by the process's own user");
        }
        Surroundings nobodys = new Surroundings(1, 1, process.uid() + 1, 0, Set.of(), root, 0, Set.of());
        try (HeldFolder found = HeldFolder.of(nobodys, "/work/tmp")) {
            assertThat(found.objection().orElse("")).contains("belongs to user " + process.uid());
        }
    }

    private String objection(String path) throws IOException {
        try (HeldFolder found = HeldFolder.of(process, path)) {
            return found.objection().orElse("");
        }
    }

    private void mode(String path, int mode) throws IOException {
        Files.setAttribute(root.resolve(path), "unix:mode", mode);
    }

    private static void pipe(Path path) throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).start();
        assertThat(mkfifo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(mkfifo.exitValue()).isZero();
    }
}
