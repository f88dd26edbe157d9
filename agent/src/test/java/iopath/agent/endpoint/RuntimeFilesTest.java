package iopath.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RuntimeFilesTest {

    private final RuntimeFiles files = new RuntimeFiles();

    /** Asks from inside its methods, as the hook of a read does. */
    private final class Asking extends ClassLoader {

        boolean answer;

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            answer = files.reads();
            throw new ClassNotFoundException(name);
        }

        @Override
        protected URL findResource(String name) {
            answer = files.reads();
            return Objects.requireNonNull(RuntimeFilesTest.class.getResource("RuntimeFilesTest.class"));
        }

        boolean serve() {
            return files.reads();
        }
    }

    @Test
    void whatIsReadToLoadAClassIsTheRuntimes() {
        Asking loader = new Asking();
        assertThat(loads(loader, "no.such.Class")).isFalse();
        assertThat(loader.answer).isTrue();
    }

    @Test
    void whatIsReadOfAResourceIsTheApplications() {
        Asking loader = new Asking();
        loader.answer = true;
        Objects.requireNonNull(loader.getResource("no/such/resource"));
        assertThat(loader.answer).isFalse();
    }

    @Test
    void whatAClassLoaderDoesBesideLoadingIsTheApplications() {
        assertThat(new Asking().serve()).isFalse();
        assertThat(files.reads()).isFalse();
    }

    @Test
    void filesOfTheJavaHomeAreTheRuntimesWhoeverAsks() {
        String home = System.getProperty("java.home");
        assertThat(files.owns(home + "/lib/modules")).isTrue();
        assertThat(files.owns(home + "-other/lib/modules")).isFalse();
        assertThat(files.owns("/dev/urandom")).isTrue();
    }

    @Test
    void anArchiveIsKnownByItsName() {
        assertThat(RuntimeFiles.isArchive("/app/lib/a.JAR")).isTrue();
        assertThat(RuntimeFiles.isArchive("/app.jar/data")).isFalse();
    }

    private static boolean loads(ClassLoader loader, String name) {
        try {
            loader.loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
