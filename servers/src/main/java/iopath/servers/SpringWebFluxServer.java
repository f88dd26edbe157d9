package iopath.servers;

import java.nio.file.StandardOpenOption;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Spring WebFlux on its own Reactor Netty, with its static resources; option {@code nio}. */
final class SpringWebFluxServer {

    private SpringWebFluxServer() {}

    static Server start(Setup setup) {
        if (setup.has("nio")) {
            // Reactor Netty takes epoll wherever it can.
            System.setProperty("reactor.netty.native", "false");
        }
        return SpringServer.start(setup, WebApplicationType.REACTIVE, List.of(Application.class));
    }

    /** What Spring Boot needs to know of this application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Uploads uploads(Setup setup) {
            return new Uploads(setup);
        }
    }

    /** Keeps bodies. */
    @RestController
    static final class Uploads {

        private final Setup setup;

        Uploads(Setup setup) {
            this.setup = setup;
        }

        @PostMapping("/upload")
        @ResponseStatus(HttpStatus.CREATED)
        Mono<Void> upload(@RequestParam("name") String name, @RequestBody Flux<DataBuffer> body) {
            return DataBufferUtils.write(body, setup.upload(name), StandardOpenOption.CREATE_NEW);
        }
    }
}
