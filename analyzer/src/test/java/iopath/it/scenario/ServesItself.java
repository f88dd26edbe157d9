package iopath.it.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarFile;

/**
 * An application in one jar that sends what lies in it to a socket: {@code PORT JAR CLASSES}, where {@code CLASSES} is an
 * archive of another form, a class file and behind it as many bytes to send.
 */
public final class ServesItself {

    /** How often each resource is sent. */
    public static final int ROUNDS = 3;

    private ServesItself() {}

    public static void main(String[] arguments) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
            for (int i = 0; i < ROUNDS; i++) {
                send(resource("/stored"), socket);
                send(resource("/deflated"), socket);
                try (JarFile jar = new JarFile(arguments[1])) {
                    send(jar.getInputStream(jar.getEntry("stored")), socket);
                }
            }
            try (FileChannel archive = FileChannel.open(Path.of(arguments[2]))) {
                ByteBuffer one = ByteBuffer.allocateDirect(Plugins.BUFFER);
                Plugins plugins = new Plugins(archive, one);
                Runnable plugin = (Runnable) plugins.loadClass(OfPlugin.class.getName())
                        .getConstructor()
                        .newInstance();
                plugin.run();
                byte[] out = new byte[plugins.length];
                one.clear().limit(out.length);
                archive.read(one, Integer.BYTES + out.length);
                one.flip().get(out);
                socket.getOutputStream().write(out);
            }
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(ServesItself.class.getResourceAsStream(name), name);
    }

    private static void send(InputStream resource, Socket socket) throws IOException {
        try (InputStream in = resource) {
            byte[] buffer = new byte[Plugins.BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                socket.getOutputStream().write(buffer, 0, n);
            }
        }
    }

    /** What is loaded from the other archive. */
    public static final class OfPlugin implements Runnable {

        @Override
        public void run() {}
    }

    /** A class loader that reads by a channel, into one buffer for all, as some frameworks' do. */
    private static final class Plugins extends ClassLoader {

        static final int BUFFER = 8 << 10;

        private final FileChannel archive;
        private final ByteBuffer buffer;
        private int length;

        Plugins(FileChannel archive, ByteBuffer buffer) {
            super(null);
            this.archive = archive;
            this.buffer = buffer;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.equals(OfPlugin.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            try {
                buffer.clear();
                archive.read(buffer, 0);
                length = buffer.flip().getInt();
                byte[] type = new byte[length];
                buffer.get(type);
                return defineClass(name, type, 0, type.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
