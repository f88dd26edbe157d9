package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client must not choose where its body is kept. */
class SetupTest {

    private final Setup setup = new Setup(Path.of("/srv"), Set.of());

    @Test
    void plainNamesAreKeptInTheFolder() {
        assertThat(setup.upload("body-1")).isEqualTo(Path.of("/srv/uploads/body-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../files/large.bin", "/etc/passwd", "a/b", "..", "."})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> setup.upload(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
