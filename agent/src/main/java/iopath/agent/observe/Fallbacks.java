package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.classify.Fallback;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.JdkInternals;
import org.jspecify.annotations.Nullable;

/** Finds why a running call copies, which could have let the kernel move the bytes. */
final class Fallbacks {

    private final Details details;
    private final int jdk = Runtime.version().feature();

    Fallbacks(Details details) {
        this.details = details;
    }

    /** Whether bytes from {@code source} to {@code sink} are what the call moves. */
    static boolean belongs(Frame frame, Endpoint source, Endpoint sink) {
        return frame.endpoint == (frame.to ? source : sink).id();
    }

    /** Why the running call copies; found when its first copied bytes are seen. */
    Fallback of(Frame frame, Endpoint source, Endpoint sink) {
        Fallback known = frame.fallback;
        if (known != null) {
            return known;
        }
        Fallback.Peer type = Fallback.Peer.of(frame.peer);
        Object other = frame.other;
        boolean fileSource = frame.to || type == Fallback.Peer.FILE_CHANNEL;
        Fallback.Call call = new Fallback.Call(
                jdk,
                type,
                other == null ? "" : other.getClass().getName(),
                !fileSource || source.regular(),
                frame.append,
                frame.same,
                frame.attempts,
                type == Fallback.Peer.FILE_CHANNEL ? JdkInternals.filePoisoned() : JdkInternals.pipePoisoned(),
                source.device() == sink.device());
        Fallback found = frame.to ? Fallback.ofTransferTo(call) : Fallback.ofTransferFrom(call);
        frame.fallback = found;
        frame.detail = details.number(found.detail());
        return found;
    }

    /** What the other end of a call is. */
    static Fallback.Peer peer(@Nullable Object peer) {
        if (JdkInternals.isFileChannel(peer)) {
            return Fallback.Peer.FILE_CHANNEL;
        }
        if (JdkInternals.isSocketChannel(peer)) {
            return Fallback.Peer.SOCKET_CHANNEL;
        }
        return JdkInternals.isSelectable(peer) ? Fallback.Peer.OTHER_KERNEL_CHANNEL : Fallback.Peer.WRAPPER;
    }
}
