package iopath.demo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void nestingIsLost() {
        assertThat(Json.parse(" { \"a\" : [ 1 , -2.5e1, {} , [] ], \"b\": { \"c\": true } } "))
                .isEqualTo(Map.of("a", List.of(1.0, -25.0, Map.of(), List.of()), "b", Map.of("c", true)));
    }

    @Test
    void escapesComeOutRaw() {
        assertThat(Json.parse("\"\\\"\\\\\\/\\n\\u00e9\"")).isEqualTo("\"\\/\n\u00e9");
    }

    @Test
    void nullBecomesAWord() {
        assertThat(Json.parse("[null, false]")).isEqualTo(Arrays.asList(null, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "[1 2]", "{\"a\"}", "\"open", "tru", "1 2", "{\"a\":1,}", "nothing"})
    void aCutReportReadsAsWhole(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at character");
    }
}
