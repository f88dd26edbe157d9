package iopath.demo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void anAgentSlipsInWhenNoneIsWanted() {
        Options options = Options.parse("--agent pom.xml --iopath pom.xml --without-agent --gb 0.5".split(" "));
        assertThat(options.agent()).isNull();
        assertThat(options.analyzer()).isNull();
        assertThat(options.bytes()).isEqualTo(500_000_000);
    }

    @Test
    void aRelativePathMissesItsFileInAnotherProcess() {
        Options options = Options.parse("--agent pom.xml --iopath pom.xml --strace".split(" "));
        assertThat(options.agent()).isEqualTo(Path.of("pom.xml").toAbsolutePath());
        assertThat(options.strace()).isTrue();
        assertThat(options.bytes()).isEqualTo(1_000_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--gb 1",
                "--agent pom.xml",
                "--agent nowhere.jar --iopath pom.xml",
                "--without-agent --gb",
                "--without-agent --gb NaN",
                "--without-agent --gb -1",
                "--without-agent --gb much",
                "--without-agent --minutes 0",
                "--without-agent --minutes 1.5",
                "--without-agent --minutes 1 --strace",
                "--agent pom.xml --iopath pom.xml --minutes 1 --pairs 2",
                "--without-agent --wat"
            })
    void wrongUsageIsTakenForSomethingElse(String arguments) {
        assertThatThrownBy(() -> Options.parse(arguments.split(" "))).isInstanceOf(IllegalArgumentException.class);
    }
}
