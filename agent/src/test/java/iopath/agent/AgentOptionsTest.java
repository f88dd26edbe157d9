package iopath.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iopath.agent.AgentOptions.BadOption;
import iopath.agent.emit.RecordingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An option that is misread changes what is recorded; one that is unknown must be named. */
class AgentOptionsTest {

    @Test
    void noOptionsMeanTheDefaults() throws BadOption {
        AgentOptions options = parse(null);
        assertThat(options.record()).isNull();
        assertThat(options.sample()).isEqualTo(1 << 20);
        assertThat(options.hooks()).isNull();
        assertThat(options.quiet()).isFalse();
    }

    @Test
    void aListGoesOnAcrossCommas() throws BadOption {
        AgentOptions options = parse("redact=paths,peers,sample=64k,hooks=channels,tls,quiet");
        assertThat(options.redactPaths()).isTrue();
        assertThat(options.redactPeers()).isTrue();
        assertThat(options.sample()).isEqualTo(65536);
        assertThat(options.hooks()).isEqualTo(Set.of("channels", "tls"));
        assertThat(options.quiet()).isTrue();
    }

    @Test
    void colonsStandForEqualSignsButNotInsideAValue() throws BadOption {
        assertThat(parse("sample:1m,record:a=b.jfr").record()).isEqualTo(to("a=b.jfr"));
        assertThat(parse("record=c:d.jfr").record()).isEqualTo(to("c:d.jfr"));
    }

    @Test
    void aRecordingMayHaveItsBounds() throws BadOption {
        AgentOptions options = parse("record=a.jfr,duration=2m,maxage=90,maxsize=3m,once");
        assertThat(options.record()).isEqualTo(new RecordingPlan("a.jfr", 120_000, 90_000, 3 << 20));
        assertThat(options.once()).isTrue();
        assertThat(parse("stream,duration:1h").record()).isEqualTo(new RecordingPlan(null, 3_600_000, 0, 0));
    }

    @Test
    void labelsGoOnAcrossCommasUntilTheNextOption() throws BadOption {
        assertThat(parse("service=shop,labels=team:web,zone=eu-1,version:1.2,record=a.jfr")
                        .identity())
                .containsOnly(
                        Map.entry("service", "shop"),
                        Map.entry("version", "1.2"),
                        Map.entry("labels", "team=web,zone=eu-1"));
        assertThat(parse("record=a.jfr").identity()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels=team", "labels=:x", "labels=a:", "service=", "instance= "})
    void anIdentityThatSaysNothingIsRefused(String arguments) {
        assertThatThrownBy(() -> parse(arguments)).isInstanceOf(BadOption.class).hasMessageContaining("option '");
    }

    @Test
    void moreLabelsThanACollectorTakesAreRefused() {
        String many = IntStream.range(0, 17).mapToObj(i -> "k" + i + ":v").collect(Collectors.joining(","));
        assertThatThrownBy(() -> parse("labels=" + many)).hasMessage("option 'labels' takes 16 labels at most, not 17");
    }

    @Test
    void onlyOptionsThatWereGivenChangeARunningProfile() throws BadOption {
        AgentOptions first = parse("sample=64k,hooks=channels");
        assertThat(parse("").changes(first)).isFalse();
        assertThat(parse("record=a.jfr").changes(first)).isFalse();
        assertThat(parse("sample=64k,hooks=channels").changes(first)).isFalse();
        assertThat(parse("hooks=channels,tls").changes(first)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sampel=1",
                "sample=0",
                "sample=-1",
                "sample=x",
                "sample=9999999g",
                "hooks=foo",
                "redact=all",
                "redact=paths,redact=all",
                "redactkey=tooshort",
                "record=",
                "quiet=maybe",
                "duration=soon,record=a.jfr",
                "duration=0s,record=a.jfr",
                "duration=5s",
                "once=perhaps",
                "maxsize=-1,record=a.jfr",
                "@/no/such/file"
            })
    void aBadOptionIsNamed(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BadOption.class)
                .hasMessageContaining(text.startsWith("@") ? "/no/such/file" : text.split("=")[0])
                .hasMessageNotContaining("\n");
    }

    @Test
    void aListGivenTwiceHidesBoth() throws BadOption {
        AgentOptions options = parse("redact=paths,redact=peers,hooks=channels,hooks=tls");
        assertThat(options.redactPaths()).isTrue();
        assertThat(options.redactPeers()).isTrue();
        assertThat(options.hooks()).containsExactlyInAnyOrder("channels", "tls");
    }

    @Test
    void whatIsToBeHiddenIsNotInTheTextOfTheOptions() throws BadOption {
        assertThat(parse("redact=paths,redactkey=0123456789abcdef,record=/home/me/a.jfr,sample=1")
                        .text())
                .isEqualTo("redact=paths,redactkey=(hidden),record=(hidden),sample=1");
        assertThat(parse("redact:peers,redactkey:0123456789abcdef,record:/tmp/a.jfr")
                        .text())
                .isEqualTo("redact:peers,redactkey:(hidden),record:/tmp/a.jfr");
    }

    @Test
    void argumentsWinOverPropertiesAndThoseOverTheEnvironment() throws BadOption {
        Map<String, String> properties = Map.of("iopath.sample", "2", "iopath.record", "p.jfr");
        Map<String, String> environment =
                Map.of("IOPATH_SAMPLE", "3", "IOPATH_RECORD", "e.jfr", "IOPATH_QUIET", "true");
        AgentOptions options = AgentOptions.parse("sample=1", properties, environment);
        assertThat(options.sample()).isEqualTo(1);
        assertThat(options.record()).isEqualTo(to("p.jfr"));
        assertThat(options.quiet()).isTrue();
    }

    @Test
    void aPropertyThatIsMisspeltIsNamedAndOthersAreLeftAlone() throws BadOption {
        assertThatThrownBy(() -> AgentOptions.parse(null, Map.of("iopath.recrod", "a.jfr"), Map.of()))
                .isInstanceOf(BadOption.class)
                .hasMessageContaining("'recrod'");
        Map<String, String> others = Map.of("iopath.home", "/x", "iopath.agent.status", "attached", "iopathy", "1");
        assertThat(AgentOptions.parse(null, others, Map.of("IOPATH_JMX_PASSWORD", "x"))
                        .record())
                .isNull();
    }

    @Test
    void aFileOfOptionsIsRead(@TempDir Path dir) throws IOException, BadOption {
        Path file = Files.writeString(dir.resolve("options"), "sample=77\nredact=peers\n");
        assertThat(parse("@" + file).sample()).isEqualTo(77);
        assertThat(parse("@" + file).redactPeers()).isTrue();
    }

    private static RecordingPlan to(String file) {
        return new RecordingPlan(file, 0, 0, 0);
    }

    private static AgentOptions parse(@Nullable String text) throws BadOption {
        return AgentOptions.parse(text, Map.of(), Map.of());
    }
}
