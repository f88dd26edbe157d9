package iopath.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HiddenNamesTest {

    @Test
    void aListOfLikelyNamesIsOfNoUseWithoutTheKey() {
        HiddenNames one = new HiddenNames(null);
        HiddenNames other = new HiddenNames(null);

        assertThat(one.path("/etc/passwd")).isEqualTo(one.path("/etc/passwd")).isNotEqualTo(other.path("/etc/passwd"));
        assertThat(one.path("/etc/passwd")).matches("\\(path [0-9a-f]{16}\\)");
    }

    @Test
    void twoRecordingsOfOneKeyCanBeCompared() {
        HiddenNames one = new HiddenNames("a key of my own choice");
        HiddenNames other = new HiddenNames("a key of my own choice");

        assertThat(one.path("/data/a.log")).isEqualTo(other.path("/data/a.log")).isNotEqualTo(one.path("/data/b.log"));
    }
}
