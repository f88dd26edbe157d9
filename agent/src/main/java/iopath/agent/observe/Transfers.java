package iopath.agent.observe;

import iopath.agent.aggregate.Unseen;
import iopath.agent.classify.Fallback;
import iopath.agent.classify.IoStatus;
import iopath.agent.classify.KernelCall;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.JdkInternals;
import iopath.agent.link.Relay;
import java.io.FileDescriptor;
import org.jspecify.annotations.Nullable;

/** Observes transfers between channels, and the kernel's part in them. */
final class Transfers {

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final Ledger ledger;
    private final Moves moves;
    private final Unseen unseen;
    private final int jdk = Runtime.version().feature();

    Transfers(Lanes lanes, Endpoints endpoints, Ledger ledger, Moves moves, Unseen unseen) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.ledger = ledger;
        this.moves = moves;
        this.unseen = unseen;
    }

    Object beginTransferTo(Object source, @Nullable Object target) {
        return transfer(true, source, target);
    }

    Object beginTransferFrom(Object target, @Nullable Object source) {
        return transfer(false, target, source);
    }

    private Lane transfer(boolean to, Object file, @Nullable Object peer) {
        Lane lane = lanes.current();
        Frame outer = lanes.frame(lane);
        Frame frame = lanes.push(lane);
        frame.begin(to, lane.muted != 0 || outer != null && outer.ignored);
        try {
            describe(lane, frame, to, file, peer);
        } catch (Throwable e) {
            // Whoever gets no token does not end it.
            lanes.pop(lane);
            throw e;
        }
        return lane;
    }

    private void describe(Lane lane, Frame frame, boolean to, Object file, @Nullable Object peer) {
        FileDescriptor fd = JdkInternals.descriptor(file);
        if (fd == null) {
            return;
        }
        Endpoint endpoint = endpoints.of(fd);
        frame.endpoint = endpoint.id();
        Fallback.Peer type = Fallbacks.peer(peer);
        frame.peer = type.ordinal();
        if (type != Fallback.Peer.FILE_CHANNEL && type != Fallback.Peer.SOCKET_CHANNEL) {
            frame.other = peer;
        }
        if (type == Fallback.Peer.WRAPPER && !frame.ignored) {
            frame.relay = lane.borrowRelay();
        }
        FileDescriptor peerFd = JdkInternals.descriptor(peer);
        FileDescriptor target = to ? peerFd : fd;
        frame.append = target != null && JdkInternals.appends(target);
        frame.same = fd == peerFd;
        frame.ignored |=
                endpoint.ignored() || peerFd != null && endpoints.of(peerFd).ignored();
    }

    void endTransfer(Object token, long moved) {
        Lane lane = lanes.of(token);
        Frame frame = lanes.frame(lane);
        if (frame != null && moved > 0 && !frame.ignored && frame.isWrapped()) {
            Object channel = frame.other;
            if (channel != null) {
                unseen.passed(frame.to, channel.getClass().getName(), moved, frame.followed);
            }
        }
        Relay relay = frame == null ? null : frame.relay;
        if (relay != null) {
            lane.giveBack(relay);
        }
        lanes.pop(lane);
    }

    void endKernel(
            Object token,
            FileDescriptor sourceFd,
            FileDescriptor targetFd,
            boolean transferTo,
            boolean append,
            long count,
            long result) {
        Lane lane = lanes.of(token);
        if (lane.muted != 0 || append && jdk >= 21) {
            return;
        }
        Frame frame = lanes.frame(lane);
        if (frame != null) {
            frame.attempts++;
        }
        Endpoint source = endpoints.of(sourceFd);
        Endpoint sink = endpoints.of(targetFd);
        if (ledger.isIgnored(source, frame, result) || ledger.isIgnored(sink, frame, result)) {
            return;
        }
        KernelCall call = moves.call(lane, transferTo, source, sink, result);
        boolean blocked = jdk >= 21 ? result == IoStatus.UNAVAILABLE : result == 0 && count > 0;
        moves.inKernel(lane, source, sink, call, count, result, blocked);
    }
}
