package iopath.servers;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * As much of HTTP/1.1 over one connection as the clients need.
 *
 * <p>The JDK's client keeps its sockets to itself, and here every byte on the wire is to be counted.
 */
final class Http {

    private static final int HEX = 16;

    private final InputStream in;
    private final OutputStream out;
    private boolean closes;

    Http(Socket socket) throws IOException {
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    /** Asks for something, and gives the content, unzipped if it was zipped. */
    byte[] get(String path, boolean gzip, boolean last) throws IOException {
        send("GET " + path, (gzip ? "Accept-Encoding: gzip\r\n" : "") + connection(last));
        byte[] answer = answer();
        closes |= last;
        return answer;
    }

    /** Sends a body. */
    void post(String path, byte[] body) throws IOException {
        send(
                "POST " + path,
                "Content-Type: application/octet-stream\r\nContent-Length: " + body.length + "\r\n"
                        + connection(false));
        out.write(body);
        out.flush();
        answer();
    }

    /** Whether the last answer was the last one: this side has asked for that, or the server has said so. */
    boolean isLast() {
        return closes;
    }

    /** Waits for the server to close; every byte it has sent is counted then. */
    void awaitEnd() throws IOException {
        if (in.read() >= 0) {
            throw new IOException("more than one answer");
        }
    }

    private static String connection(boolean last) {
        return last ? "Connection: close\r\n" : "";
    }

    private void send(String request, String headers) throws IOException {
        String head = request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private byte[] answer() throws IOException {
        String status = line();
        Map<String, String> headers = headers();
        closes = "close".equals(headers.get("connection"));
        byte[] body = body(headers);
        if (!status.startsWith("HTTP/1.1 20")) {
            throw new IOException(status + " " + headers + " " + new String(body, StandardCharsets.UTF_8));
        }
        if ("gzip".equals(headers.get("content-encoding"))) {
            try (InputStream zipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return zipped.readAllBytes();
            }
        }
        return body;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? new byte[0] : exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().strip(), HEX);
            all.write(exactly(size));
            line();
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException(bytes.length + " bytes of " + count);
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after '" + line.toString(StandardCharsets.UTF_8) + "'");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
