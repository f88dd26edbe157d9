package iopath.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that goes by two names is two services in a fleet. */
class IdentityTest {

    private static final Map<String, String> COLLECTED = Map.of(
            "OTEL_RESOURCE_ATTRIBUTES",
            "service.name=by-attribute, service.version=1%2C5+b,service.instance.id=i-7,broken=%zz",
            "HOSTNAME",
            "host-1");

    @Test
    void whatTheUserSaysComesFirst() {
        Map<String, String> given =
                Map.of("service", "given", "version", "2", "instance", "one", "labels", "team=web,zone=eu");
        assertThat(Identity.of(given, COLLECTED, "x.Main", false))
                .isEqualTo(new Identity("given", "2", "one", "team=web,zone=eu"));
    }

    @Test
    void theAttributesOfOpenTelemetryAreDecoded() {
        assertThat(Identity.of(Map.of(), COLLECTED, "x.Main", false))
                .isEqualTo(new Identity("by-attribute", "1,5+b", "i-7", null));
    }

    @Test
    void theVariableOfTheNameAloneWinsOverTheAttributes() {
        Map<String, String> environment =
                Map.of("OTEL_SERVICE_NAME", "by-name", "OTEL_RESOURCE_ATTRIBUTES", "service.name=by-attribute");
        assertThat(Identity.of(Map.of(), environment, "x.Main", false).service())
                .isEqualTo("by-name");
    }

    @Test
    void anAttributeThatCannotBeDecodedIsLeftOut() {
        Map<String, String> environment = Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.name=%zz,service.version=3");
        assertThat(Identity.of(Map.of(), environment, "x.Main", false))
                .isEqualTo(new Identity("x.Main", "3", null, null));
    }

    @Test
    void theHostIsNotNamedWhereAddressesAreHidden() {
        Map<String, String> environment = Map.of("HOSTNAME", "host-1");
        assertThat(Identity.of(Map.of(), environment, "x.Main", false).instance())
                .isEqualTo("host-1");
        assertThat(Identity.of(Map.of(), environment, "x.Main", true).instance())
                .isNull();
    }
}
