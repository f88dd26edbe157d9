package iopath.agent.endpoint;

import iopath.agent.classify.EndpointKind;
import org.jspecify.annotations.Nullable;

/**
 * A file, a socket service, a pipe, or the application's memory.
 *
 * @param id row of the endpoint table, 0 to {@link Endpoints#LIMIT} - 1
 * @param kind what it is
 * @param name path, or service end of a socket; {@code null} for memory
 * @param regular whether it is a regular file whose bytes lie on a file system (not of /proc, no device)
 * @param device number of the file system, 0 if unknown
 * @param ignored whether operations on it are the Java runtime's, for itself (classes, its own files, JFR's chunks)
 * @param shared whether it is an archive that the runtime and the application read through one descriptor, so that each
 *     operation has to ask who makes it
 */
public record Endpoint(
        int id,
        EndpointKind kind,
        @Nullable String name,
        boolean regular,
        long device,
        boolean ignored,
        boolean shared) {

    Endpoint(int id, EndpointKind kind, @Nullable String name, boolean regular, long device, boolean ignored) {
        this(id, kind, name, regular, device, ignored, false);
    }
}
