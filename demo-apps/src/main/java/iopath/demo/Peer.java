package iopath.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The other end of a demo: a JVM that no agent watches, so that the profile shows the serving side alone.
 *
 * <p>It makes the file, drains the socket, takes the checksums. It is spoken to in lines over its standard input; one
 * command gives one line of answer. It ends when that input does, so it cannot outlive the demo.
 */
final class Peer implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    Peer() throws IOException {
        process = ChildJvm.java(System.getProperty("java.class.path"), PeerMain.class)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Makes a file of random bytes. */
    Checksum create(Path file, long bytes) throws IOException {
        tell("create " + bytes + " " + file);
        return answer();
    }

    Checksum checksum(Path file) throws IOException {
        tell("checksum " + file);
        return answer();
    }

    /** Lets it connect to the port; {@link #answer} tells what it got, once the connection has ended. */
    void receive(int port) throws IOException {
        tell("receive " + port);
    }

    /** The same over TLS, for a server with this key. */
    void receiveTls(int port, SelfSigned key) throws IOException {
        tell("receive-tls " + port + " " + key.file());
    }

    Checksum answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the receiving process ended early");
        }
        if (line.startsWith("error ")) {
            throw new IOException("the receiving process failed: " + line.substring("error ".length()));
        }
        return Checksum.parse(line);
    }

    private void tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
