package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationTest {
    /** Tomcat calls a filter of some agency, which calls the application, which copies by a library into Tomcat. */
    private static final List<String> STACK = List.of(
            "java.lang.Thread.run",
            "org.apache.tomcat.util.net.NioEndpoint$SocketProcessor.doRun:1789",
            "jakarta.servlet.http.HttpServlet.service:658",
            "org.springframework.web.filter.OncePerRequestFilter.doFilter:116",
            "demo.web.Filter.doFilter:9",
            "demo.App.copy:23",
            "net.unheard.of.Copies.copy:7",
            "org.apache.catalina.connector.CoyoteOutputStream.write:98",
            "org.apache.tomcat.util.net.NioChannel.write:122",
            "sun.nio.ch.SocketChannelImpl.write");

    @ParameterizedTest
    @CsvSource({
        "demo.App, demo.App.copy:23",
        "demo.main/demo.App, demo.App.copy:23",
        "demo.web.Filter, demo.web.Filter.doFilter:9",
        "App, net.unheard.of.Copies.copy:7",
        "/opt/demo.jar, net.unheard.of.Copies.copy:7",
        "org.apache.catalina.startup.Bootstrap, net.unheard.of.Copies.copy:7",
        "org.springframework.boot.loader.launch.JarLauncher, net.unheard.of.Copies.copy:7",
        ", net.unheard.of.Copies.copy:7",
    })
    void theMainClassesPackageIsTheApplicationsUnlessItIsALibrarys(String mainClass, String frame) {
        assertThat(found(mainClass).frameOf(STACK)).isEqualTo(frame);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "demo, demo.App.copy:23",
                "demo.web, demo.web.Filter.doFilter:9",
                "demo.App, demo.App.copy:23",
                "dem, NONE",
                "com.example, NONE",
            },
            nullValues = "NONE")
    void whatIsNamedIsTheApplicationAndNothingElse(String name, String frame) {
        assertThat(new Application(List.of(name))
                        .of(jvms("net.unheard.of.Main"))
                        .frameOf(STACK))
                .isEqualTo(frame);
    }

    @Test
    void aServerThatServesByItselfHasNoApplication() {
        List<String> own = List.of(STACK.get(0), STACK.get(1), STACK.get(2), STACK.get(8), "(callers not recorded)");

        assertThat(found("/opt/app.jar").frameOf(own)).isNull();
    }

    @Test
    void aMainClassWithoutAPackageIsFound() {
        assertThat(found("Main").frameOf(List.of("Main$Worker.run:1", "other.Copies.copy:7")))
                .isEqualTo("Main$Worker.run:1");
    }

    private static Application found(String mainClass) {
        return Application.TO_BE_FOUND.of(jvms(mainClass));
    }

    private static List<Recording.Process> jvms(String mainClass) {
        return List.of(new Recording.Process("17.0.15", 1L, mainClass, null));
    }
}
