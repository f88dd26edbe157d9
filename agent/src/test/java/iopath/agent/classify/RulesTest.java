package iopath.agent.classify;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.Fallback.Call;
import iopath.agent.classify.Fallback.Peer;
import org.junit.jupiter.api.Test;

/** Each rule against the behaviour of the JDK version it stands for. */
class RulesTest {

    @Test
    void aWrapperIsNamedWhateverElseIsTrue() {
        Call call = new Call(17, Peer.WRAPPER, "com.example.Counting", false, true, false, 0, true, false);
        assertThat(Fallback.ofTransferTo(call)).isEqualTo(new Fallback(Reason.WRAPPED_CHANNEL, "com.example.Counting"));
        assertThat(Fallback.ofTransferFrom(call))
                .isEqualTo(new Fallback(Reason.WRAPPED_CHANNEL, "com.example.Counting"));
    }

    @Test
    void appendIsNotTakenForPoison() {
        Call call = new Call(17, Peer.FILE_CHANNEL, "", true, true, false, 1, true, true);
        assertThat(Fallback.ofTransferTo(call).reason()).isEqualTo(Reason.APPEND_TARGET);
    }

    @Test
    void aPoisonedJvmIsToldFromAKernelThatSaysNo() {
        Call poisoned = new Call(21, Peer.FILE_CHANNEL, "", true, false, false, 0, true, true);
        Call refused = new Call(21, Peer.FILE_CHANNEL, "", true, false, false, 1, true, true);
        assertThat(Fallback.ofTransferTo(poisoned)).isEqualTo(new Fallback(Reason.KERNEL_REFUSED, Fallback.POISONED));
        assertThat(Fallback.ofTransferTo(refused)).isEqualTo(new Fallback(Reason.KERNEL_REFUSED, null));
    }

    @Test
    void aPipeHasNoKernelPathInJdk25Only() {
        Call call = new Call(
                25, Peer.OTHER_KERNEL_CHANNEL, "sun.nio.ch.SinkChannelImpl", true, false, false, 0, false, false);
        assertThat(Fallback.ofTransferTo(call))
                .isEqualTo(new Fallback(Reason.NO_JDK_PATH, "sun.nio.ch.SinkChannelImpl"));
        assertThat(Loop.reason(EndpointKind.FILE, true, EndpointKind.PIPE, false, 25))
                .isEqualTo(Reason.NO_JDK_PATH);
        assertThat(Loop.reason(EndpointKind.FILE, true, EndpointKind.PIPE, false, 21))
                .isEqualTo(Reason.READ_WRITE_LOOP);
    }

    @Test
    void aSourceInProcIsNoRegularFile() {
        Call call = new Call(25, Peer.SOCKET_CHANNEL, "", false, false, false, 0, false, false);
        assertThat(Fallback.ofTransferTo(call).reason()).isEqualTo(Reason.NOT_A_REGULAR_FILE);
        assertThat(Loop.reason(EndpointKind.FILE, false, EndpointKind.SOCKET, false, 25))
                .isEqualTo(Reason.NOT_A_REGULAR_FILE);
    }

    @Test
    void transferFromHasNoKernelPathBefore21() {
        Call call = new Call(17, Peer.FILE_CHANNEL, "", true, false, false, 0, false, true);
        assertThat(Fallback.ofTransferFrom(call).reason()).isEqualTo(Reason.NO_JDK_PATH);
    }

    @Test
    void transferFromAcrossFileSystemsSaysSo() {
        Call call = new Call(25, Peer.FILE_CHANNEL, "", true, false, false, 1, false, false);
        assertThat(Fallback.ofTransferFrom(call)).isEqualTo(new Fallback(Reason.KERNEL_REFUSED, Fallback.CROSS_DEVICE));
    }

    @Test
    void nothingInTheKernelLeadsFromASocket() {
        for (EndpointKind sink : new EndpointKind[] {EndpointKind.FILE, EndpointKind.SOCKET, EndpointKind.PIPE}) {
            assertThat(Loop.reason(EndpointKind.SOCKET, false, sink, false, 25)).isEqualTo(Reason.NO_JDK_PATH);
        }
    }

    @Test
    void refusedCallsCountWhereTheJdkMakesThem() {
        assertThat(call(17, true, false, RangeAnswer.NOT_KNOWN, 1)).isEqualTo(new KernelCall(Path.SENDFILE, 1));
        assertThat(call(21, true, false, RangeAnswer.NOT_KNOWN, 1)).isEqualTo(new KernelCall(Path.SENDFILE, 2));
        assertThat(call(25, true, true, RangeAnswer.TAKEN, 1)).isEqualTo(new KernelCall(Path.COPY_FILE_RANGE, 1));
        assertThat(call(25, false, false, RangeAnswer.TAKEN, 1)).isEqualTo(new KernelCall(Path.COPY_FILE_RANGE, 1));
    }

    /** A filter or an old kernel refuses copy_file_range, which the JDK does not show. */
    @Test
    void whatCopyFileRangeCannotHaveMovedSendfileHas() {
        assertThat(call(21, true, true, RangeAnswer.REFUSED, 1)).isEqualTo(new KernelCall(Path.SENDFILE, 2));
        assertThat(call(21, true, true, RangeAnswer.THROWN, 1)).isEqualTo(new KernelCall(Path.SENDFILE, 2));
        assertThat(call(21, true, true, RangeAnswer.NOT_KNOWN, 1)).isEqualTo(KernelCall.EITHER);
        assertThat(call(21, true, true, RangeAnswer.TAKEN, -6).calls()).isEqualTo(2);
        assertThat(call(21, true, false, RangeAnswer.THROWN, -5).calls()).isEqualTo(1);
        assertThat(call(21, true, false, RangeAnswer.TAKEN, -5).calls()).isEqualTo(2);
    }

    private static KernelCall call(int jdk, boolean transferTo, boolean copyable, RangeAnswer range, long result) {
        return KernelCall.of(jdk, transferTo, copyable, range, result);
    }

    @Test
    void theKernelsCountsTellSendfileFromALoop() {
        assertThat(CopiedBy.of(1 << 20, true, 2, 2)).isEqualTo(CopiedBy.SENDFILE);
        assertThat(CopiedBy.of(1 << 20, true, 129, 128)).isEqualTo(CopiedBy.LOOP);
        assertThat(CopiedBy.of(100, true, 2, 2)).isEqualTo(CopiedBy.SENDFILE);
        assertThat(CopiedBy.of(100, true, 2, 1)).isEqualTo(CopiedBy.LOOP);
        assertThat(CopiedBy.of(0, true, 1, 1)).isEqualTo(CopiedBy.SENDFILE);
        assertThat(CopiedBy.of(0, true, 1, 0)).isEqualTo(CopiedBy.LOOP);
        assertThat(CopiedBy.of(100, false, 4, 3)).isEqualTo(CopiedBy.LOOP);
    }

    @Test
    void countsThatFitNeitherTellNothing() {
        assertThat(CopiedBy.of(1 << 20, true, -1, -1)).isEqualTo(CopiedBy.UNKNOWN);
        assertThat(CopiedBy.of(1 << 20, true, 130, 128)).isEqualTo(CopiedBy.UNKNOWN);
        assertThat(CopiedBy.of(1 << 20, true, 128, 127)).isEqualTo(CopiedBy.UNKNOWN);
        assertThat(CopiedBy.of(1 << 20, true, 0, 0)).isEqualTo(CopiedBy.UNKNOWN);
        assertThat(CopiedBy.of(1 << 20, true, 1, 1)).isEqualTo(CopiedBy.UNKNOWN);
    }
}
