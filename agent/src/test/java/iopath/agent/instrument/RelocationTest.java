package iopath.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy of a library in packages of another one would move bytes that nobody sees. */
class RelocationTest {

    private static final String EPOLL = "io/netty/channel/epoll/LinuxSocket";

    @ParameterizedTest
    @CsvSource({
        "io/grpc/netty/shaded/io/netty/channel/epoll/LinuxSocket, io/grpc/netty/shaded/io/netty/",
        "org/apache/flink/shaded/netty4/io/netty/channel/epoll/LinuxSocket, org/apache/flink/shaded/netty4/io/netty/",
        "com/example/netty/channel/epoll/LinuxSocket, com/example/netty/",
        "io/netty/channel/epoll/LinuxSocket, io/netty/"
    })
    void aCopyIsKnownByTheEndOfItsName(String name, String to) {
        Relocation copy = Objects.requireNonNull(Relocation.of(EPOLL, name));
        assertThat(copy).isEqualTo(new Relocation("io/netty/", to));
        assertThat(copy.type(EPOLL.replace('/', '.'))).isEqualTo(name.replace('/', '.'));
    }

    @ParameterizedTest
    @CsvSource({
        "com/example/mynetty/channel/epoll/LinuxSocket",
        "channel/epoll/LinuxSocket",
        "netty/channel/epoll/LinuxSocket",
        "com/example/LinuxSocket",
        "com/example/netty/channel/epoll/LinuxSocket$1"
    })
    void whatOnlyLooksLikeItIsNone(String name) {
        assertThat(Relocation.of(EPOLL, name)).isNull();
    }

    @Test
    void descriptorsNameTheCopiesOfClasses() {
        Relocation copy = new Relocation("io/netty/", "a/io/netty/");
        assertThat(copy.descriptor("(Lio/netty/channel/DefaultFileRegion;J[Lio/netty/Y;)Ljava/nio/ByteBuffer;"))
                .isEqualTo("(La/io/netty/channel/DefaultFileRegion;J[La/io/netty/Y;)Ljava/nio/ByteBuffer;");
        assertThat(Relocation.NONE.descriptor("(Lio/netty/X;)V")).isEqualTo("(Lio/netty/X;)V");
        assertThat(Relocation.NONE.type("io.netty.X")).isEqualTo("io.netty.X");
    }

    @Test
    void aHookOfACopyNamesTheCopy() {
        Hook hook = Hooks.all().stream()
                .filter(each -> each.method().equals("sendFile"))
                .findFirst()
                .orElseThrow()
                .in(new Relocation("io/netty/", "a/io/netty/"));
        assertThat(hook.target())
                .isEqualTo("a.io.netty.channel.epoll.LinuxSocket.sendFile(DefaultFileRegion,long,long,long)");
        assertThat(hook.descriptor()).isEqualTo("(La/io/netty/channel/DefaultFileRegion;JJJ)J");
    }
}
