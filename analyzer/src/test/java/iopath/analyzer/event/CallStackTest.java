package iopath.analyzer.event;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.CallStack.Frame;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallStackTest {

    @Test
    void aSiteIsNeverInTheJdkOrTheAgent() {
        for (String type : List.of(
                "java.nio.X",
                "sun.nio.ch.X",
                "jdk.internal.X",
                "javax.net.X",
                "com.sun.X",
                "iopath.agent.probe.Probe",
                "com.example.Server$$Lambda$12/0x0000000800c03000")) {
            assertThat(stack(frame(type)).site()).as(type).isNull();
        }
        assertThat(stack(frame("java.nio.X"), frame("com.example.Server")).site())
                .isEqualTo("com.example.Server.run:7");
        assertThat(stack(frame("javassist.X")).site()).isEqualTo("javassist.X.run:7");
    }

    @Test
    void aTransportIsNotBlamedWhileThereIsCodeThatCallsIt() {
        Frame netty = frame("io.netty.channel.AbstractChannel");
        Frame shaded = frame("com.example.shaded.io.netty.channel.AbstractChannel");

        assertThat(stack(frame("sun.nio.ch.X"), netty, shaded, frame("com.linecorp.armeria.X"), netty)
                        .site())
                .isEqualTo("com.linecorp.armeria.X.run:7");
        assertThat(stack(netty, shaded, frame("java.lang.Thread")).site())
                .isEqualTo("io.netty.channel.AbstractChannel.run:7");
    }

    @Test
    void theOutermostFrameComesFirstAndTheAgentIsNotSeen() {
        CallStack stack = new CallStack(
                List.of(frame("iopath.agent.probe.Probe"), frame("sun.nio.ch.IOUtil"), frame("com.example.Server")),
                true);

        assertThat(stack.names())
                .containsExactly("(callers not recorded)", "com.example.Server.run:7", "sun.nio.ch.IOUtil.run");
    }

    @Test
    void aVeryDeepStackIsCutAndSaysSo() {
        CallStack stack = new CallStack(Collections.nCopies(200, frame("com.example.Server")), false);

        assertThat(stack.names()).hasSize(101).startsWith("(callers not recorded)");
    }

    private static CallStack stack(Frame... frames) {
        return new CallStack(List.of(frames), false);
    }

    private static Frame frame(String type) {
        return new Frame(type, "run", 7);
    }
}
