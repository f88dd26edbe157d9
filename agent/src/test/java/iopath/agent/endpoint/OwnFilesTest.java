package iopath.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.EndpointKind;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What iopath reads and writes for itself would stand among the files of the application. */
class OwnFilesTest {

    private final OwnFiles own = new OwnFiles();
    private final Endpoints endpoints = new Endpoints(new Namer(null, false, own), 64);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileOfIopathIsNoEndpoint() throws IOException {
        Path jar = Files.write(folder.resolve("agent.jar"), new byte[10]);
        Path link = Files.createSymbolicLink(folder.resolve("link.jar"), jar);
        own.add(link);

        assertThat(of(jar).ignored()).as("under the name that the kernel tells").isTrue();
        assertThat(of(Files.write(folder.resolve("other"), new byte[10])).ignored())
                .isFalse();
    }

    @Test
    void aFileOfIopathThatIsGoneWasOne() throws IOException {
        Path recording = Files.write(folder.resolve("run.jfr"), new byte[10]).toRealPath();
        own.add(recording);
        try (FileInputStream in = new FileInputStream(recording.toFile())) {
            Files.delete(recording);
            assertThat(endpoints.of(in.getFD()).ignored()).isTrue();
        }
    }

    @Test
    void aRecordingThatTheApplicationReadsIsTheApplications() throws IOException {
        Path recording = Files.write(folder.resolve("its.jfr"), new byte[10]).toRealPath();
        Endpoint found = of(recording);
        assertThat(found.ignored()).isFalse();
        assertThat(found.kind()).isEqualTo(EndpointKind.FILE);
        assertThat(found.name()).isEqualTo(recording.toString());
    }

    private Endpoint of(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return endpoints.of(in.getFD());
        }
    }
}
