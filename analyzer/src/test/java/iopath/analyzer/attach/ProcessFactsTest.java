package iopath.analyzer.attach;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.attach.ProcessFacts.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessFactsTest {
    private final FakeProc fake;

    ProcessFactsTest(@TempDir Path folder) throws IOException {
        fake = new FakeProc(folder);
    }

    @Test
    void aProcessLikeUsIsInNoContainer() throws IOException {
        fake.process(12, 1001, "java", "A").descriptors(12, List.of("/dev/null", "socket:[5]"));
        fake.write(12, "cgroup", "0::/docker/" + FakeProc.ID + "\n");

        ProcessFacts facts = facts(12);

        assertThat(facts.container()).isNull();
        assertThat(facts.mounts()).isEqualTo(Namespace.SAME);
        assertThat(facts.uid()).isEqualTo(1001);
        assertThat(facts.groups()).containsExactlyInAnyOrder(4L, 24L);
        assertThat(facts.namespacePid()).isEqualTo(12);
        assertThat(facts.openDescriptors()).hasValue(2);
        assertThat(facts.descriptorLimit()).hasValue(1024);
        assertThat(facts.program()).isEqualTo("java");
        assertThat(facts.commandLine()).containsExactly("java", "A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:memory:/docker/ID",
                "0::/system.slice/docker-ID.scope",
                "0::/machine.slice/libpod-ID.scope/container",
                "0::/../cri-containerd-ID.scope",
                "1:name=systemd:/kubepods/besteffort/pod0a1b/ID",
                "0::/kubepods.slice/kubepods-pod1.slice/crio-ID.scope"
            })
    void theContainersIdIsInTheControlGroup(String line) throws IOException {
        fake.process(12, 0, "java", "A").status(12, 0, "S", "12\t1").link(12, "ns/pid", "pid:[2]");
        fake.write(12, "cgroup", line.replace("ID", FakeProc.ID) + "\n");

        assertThat(facts(12).container()).isEqualTo("3f2a3f2a3f2a");
        assertThat(facts(12).namespacePid()).isEqualTo(1);
    }

    @Test
    void theContainersIdIsInItsMountsAlone() throws IOException {
        fake.process(12, 0, "java", "A").link(12, "ns/pid", "pid:[2]").write(12, "cgroup", "0::/\n");
        fake.write(
                12,
                "mountinfo",
                "9 8 254:0 /var/lib/docker/containers/" + FakeProc.ID
                        + "/hostname /etc/hostname rw - ext4 /dev/vda rw\n");

        assertThat(facts(12).container()).isEqualTo("3f2a3f2a3f2a");
    }

    @Test
    void aServiceWithItsOwnTmpIsNoContainer() throws IOException {
        fake.process(12, 0, "java", "A").link(12, "ns/mnt", "mnt:[2]");

        assertThat(facts(12).container()).isEqualTo("own mounts");
        assertThat(facts(12).sharesFiles()).isFalse();
    }

    @Test
    void namespacesThatMayNotBeSeenAreUnknown() throws IOException {
        fake.process(12, 0, "java", "A").hide(12, "ns/mnt", "ns/pid", "ns", "fd", "exe");

        ProcessFacts facts = facts(12);

        assertThat(facts.mounts()).isEqualTo(Namespace.UNKNOWN);
        assertThat(facts.container()).isNull();
        assertThat(facts.openDescriptors()).isEmpty();
        assertThat(facts.executable()).isNull();
        assertThat(facts.program()).isEqualTo("java");
    }

    @Test
    void aProcessThatEndsMeanwhileIsEmptyOrPoor() throws IOException {
        assertThat(ProcessFacts.of(fake.proc(), 99)).isEmpty();
        fake.write(12, "status", "");
        assertThat(ProcessFacts.of(fake.proc(), 12)).isEmpty();
        fake.status(12, 0, "Z", "12");
        assertThat(facts(12).isEnded()).isTrue();
        assertThat(facts(12).commandLine()).isEmpty();
    }

    @Test
    void theRealProcessOfThisTestIsKnown() {
        long pid = ProcessHandle.current().pid();

        ProcessFacts facts = ProcessFacts.of(Proc.host(), pid).orElseThrow();

        assertThat(facts.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(facts.sharesFiles()).isTrue();
        assertThat(facts.openDescriptors().orElseThrow()).isPositive();
        assertThat(facts.temp()).isDirectory();
        assertThat(Proc.host().self()).isEqualTo(pid);
    }

    private ProcessFacts facts(long pid) {
        return ProcessFacts.of(fake.proc(), pid).orElseThrow();
    }
}
