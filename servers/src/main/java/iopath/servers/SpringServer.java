package iopath.servers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot application whose static resources are the files of a setup. */
final class SpringServer {

    private SpringServer() {}

    static Server start(Setup setup, WebApplicationType type, List<Class<?>> sources) {
        // It would replace the handlers that the program has set.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SpringApplication application = new SpringApplication(sources.toArray(new Class<?>[0]));
        application.setWebApplicationType(type);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties(setup));
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(Setup.class, () -> setup));
        ConfigurableApplicationContext context = application.run();
        WebServer server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        return new Server() {
            @Override
            public int port() {
                return server.getPort();
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    private static Map<String, Object> properties(Setup setup) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("spring.web.resources.static-locations", "file:" + setup.files() + "/");
        if (setup.tls()) {
            properties.put("server.ssl.key-store", "file:" + setup.keys());
            properties.put("server.ssl.key-store-password", Setup.PASSWORD);
            properties.put("server.ssl.key-store-type", "PKCS12");
        }
        return properties;
    }
}
