package iopath.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.EndpointKind;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file past the bound of names would lose more than its name. */
class EndpointsTest {

    private final Endpoints endpoints = new Endpoints(new Namer(null, false), 8);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRegularFilePastTheBoundIsStillOne() throws IOException {
        Endpoint last = endpoints.other(EndpointKind.FILE);
        for (int i = 0; i < 10; i++) {
            last = of(Files.write(folder.resolve("file" + i), new byte[10]));
        }
        assertThat(last.name()).isEqualTo(Endpoints.OTHER);
        assertThat(endpoints.folded()).isPositive();
        assertThat(endpoints.row(last.id()).regular()).as("by its row").isTrue();
        assertThat(endpoints.row(last.id()).kind()).isEqualTo(EndpointKind.FILE);
        assertThat(last.device()).as("for the system calls on it").isPositive();
    }

    @Test
    void aDevicePastTheBoundIsNotARegularFile() throws IOException {
        for (int i = 0; i < 10; i++) {
            of(Files.write(folder.resolve("file" + i), new byte[10]));
        }
        Endpoint device = of(Path.of("/dev/zero"));
        assertThat(device.name()).isEqualTo(Endpoints.OTHER);
        assertThat(endpoints.row(device.id()).regular()).isFalse();
        assertThat(endpoints.row(device.id()).kind()).isEqualTo(EndpointKind.FILE);
    }

    private Endpoint of(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return endpoints.of(in.getFD());
        }
    }
}
