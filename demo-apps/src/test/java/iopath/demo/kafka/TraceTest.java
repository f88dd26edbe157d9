package iopath.demo.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void aCallThatAnotherThreadCutInTwoIsLost() {
        assertThat(Trace.parse("""
                        7 sendfile(155<socket:[3]>, 149</d/0.log>, [0] => [10], 99 <unfinished ...>
                        8 write(3<socket:[4]>, ""..., 5) = 5
                        7 <... sendfile resumed>) = 10
                        7 sendfile(155<TCP:[3]>, 149</d/0.log>, [10] => [12], 99) = 2
                        """)).isEqualTo(new Trace(12, 2, 0, 5, 1));
    }

    @Test
    void refusedCallsCountAsTransfers() {
        assertThat(Trace.parse("""
                        7 copy_file_range(149</d/0.log>, [0], 155<socket:[3]>, NULL, 99, 0) = -1 EINVAL (Invalid argument)
                        7 sendfile(155<socket:[3]>, 149</d/0.log>, [0], 99) = -1 EAGAIN (Resource temporarily unavailable)
                        """)).isEqualTo(new Trace(0, 0, 2, 0, 0));
    }

    @Test
    void fileWritesCountAsSocketWrites() {
        assertThat(Trace.parse("""
                        7 write(149</tmp/socket/0.log>, ""..., 5) = 5
                        7 pwrite64(149</d/0.log>, ""..., 5, 0) = 5
                        """)).isEqualTo(new Trace(0, 0, 0, 0, 0));
    }
}
