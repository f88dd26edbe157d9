package iopath.analyzer.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "9994, 9.99 kB",
        "9996, 10.0 kB",
        "99960, 100 kB",
        "999499, 999 kB",
        "999500, 1.00 MB",
        "1240000000, 1.24 GB",
        "-1500, -1.50 kB",
        "9223372036854775807, 9.22 EB",
        "-9223372036854775808, -9.22 EB"
    })
    void noAmountIsRoundedIntoAnotherUnit(long bytes, String text) {
        assertThat(Amount.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0 %",
        "10, 10, 100 %",
        "0, 0, 0 %",
        "1, 1000, less than 1 %",
        "999, 1000, more than 99 %",
        "62, 100, 62 %"
    })
    void aShareIsNeitherAllNorNothingWhereItIsNot(long part, long whole, String text) {
        assertThat(Amount.share(part, whole)).isEqualTo(text);
    }
}
