package iopath.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** TLS in the JVM rules zero-copy out: every byte has to come up to be encrypted. */
final class TlsEngine {
    private TlsEngine() {}

    static void send(FileChannel file, TlsConnection connection) throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(16 * 1024);
        ByteBuffer cipher = ByteBuffer.allocate(connection.recordBytes());
        while (file.read(plain) >= 0) {
            plain.flip();
            while (plain.hasRemaining()) {
                TlsConnection.check(connection.engine().wrap(plain, cipher).getStatus());
                cipher.flip();
                while (cipher.hasRemaining()) {
                    connection.socket().write(cipher);
                }
                cipher.clear();
            }
            plain.clear();
        }
    }
}
