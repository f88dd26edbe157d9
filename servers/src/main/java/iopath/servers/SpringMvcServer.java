package iopath.servers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Spring MVC on its own Tomcat, with its static resources; options {@code streaming} for a StreamingResponseBody,
 * {@code resource} for a controller that returns a Resource, {@code sendfile-attributes} for a request that asks Tomcat to send the file.
 */
final class SpringMvcServer {

    private SpringMvcServer() {}

    static Server start(Setup setup) {
        List<Class<?>> sources = new ArrayList<>(List.of(Application.class));
        if (setup.has("streaming")) {
            sources.add(Streams.class);
        }
        if (setup.has("resource")) {
            sources.add(Resources.class);
        }
        if (setup.has("sendfile-attributes")) {
            sources.add(Requests.class);
        }
        return SpringServer.start(setup, WebApplicationType.SERVLET, sources);
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

    /** The static files, by hand. */
    @Configuration(proxyBeanMethods = false)
    static class Streams {

        @Bean
        Downloads downloads(Setup setup) {
            return new Downloads(setup);
        }
    }

    /** The static files, as what a controller returns. */
    @Configuration(proxyBeanMethods = false)
    static class Resources {

        @Bean
        Returned returned(Setup setup) {
            return new Returned(setup);
        }
    }

    /** The static files, by Tomcat. */
    @Configuration(proxyBeanMethods = false)
    static class Requests {

        @Bean
        Sendfile sendfile(Setup setup) {
            return new Sendfile(setup);
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
        void upload(@RequestParam("name") String name, InputStream body) throws IOException {
            Files.copy(body, setup.upload(name));
        }
    }

    /** Streams files. */
    @RestController
    static final class Downloads {

        private final Setup setup;

        Downloads(Setup setup) {
            this.setup = setup;
        }

        @GetMapping("/{name}")
        ResponseEntity<StreamingResponseBody> download(@PathVariable("name") String name) throws IOException {
            Path file = setup.files().resolve(name);
            return ResponseEntity.ok().contentLength(Files.size(file)).body(out -> Files.copy(file, out));
        }
    }

    /** Returns files. */
    @RestController
    static final class Returned {

        private final Setup setup;

        Returned(Setup setup) {
            this.setup = setup;
        }

        @GetMapping("/{name}")
        ResponseEntity<Resource> download(@PathVariable("name") String name) {
            return ResponseEntity.ok(new FileSystemResource(setup.files().resolve(name)));
        }
    }

    /** Has Tomcat send files after the response is made, through the attributes that its documentation names. */
    @RestController
    static final class Sendfile {

        private final Setup setup;

        Sendfile(Setup setup) {
            this.setup = setup;
        }

        @GetMapping("/{name}")
        void download(@PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            Path file = setup.files().resolve(name);
            long length = Files.size(file);
            response.setContentLengthLong(length);
            if (!Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
                Files.copy(file, response.getOutputStream());
                return;
            }
            request.setAttribute("org.apache.tomcat.sendfile.filename", file.toString());
            request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
            request.setAttribute("org.apache.tomcat.sendfile.end", length);
        }
    }
}
