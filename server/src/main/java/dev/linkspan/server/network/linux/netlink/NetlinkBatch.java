package dev.linkspan.server.network.linux.netlink;

import dev.linkspan.server.network.linux.Descriptor;
import dev.linkspan.server.network.linux.Errno;
import dev.linkspan.server.network.linux.Libc;
import dev.linkspan.server.network.linux.SystemCallException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests on their way: collected into one datagram, sent together, and each one's answer read. */
final class NetlinkBatch implements AutoCloseable {

    /** Answers wait in the socket's receive buffer, of which each takes about 800 bytes; it holds 208 KiB by default. */
    private static final int MOST_REQUESTS = 64;

    private final NetlinkSocket socket;
    private final MessageWriter writer = new MessageWriter();
    private final RequestEncoder encoder = new RequestEncoder(writer, this::indexOf);
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<Integer, NetlinkRequest> unanswered = new TreeMap<>();
    private final List<Descriptor> namespaces = new ArrayList<>();
    private final List<NetlinkException.Failure> failures = new ArrayList<>();

    NetlinkBatch(NetlinkSocket socket) {
        this.socket = socket;
    }

    void add(NetlinkRequest request) {
        if (unanswered.size() == MOST_REQUESTS) {
            flush();
        }
        try {
            encode(request);
        } catch (NetlinkException noSuchLink) {
            NetlinkException.Failure why = noSuchLink.failures().getFirst();
            failed(new NetlinkException.Failure(request, why.errno(), why.toString()));
        } catch (SystemCallException noSuchNamespace) {
            failed(new NetlinkException.Failure(request, noSuchNamespace.errno(), noSuchNamespace.description()));
        }
    }

    /** A link is gone as soon as the namespace of its other end is, so one that was there a moment ago need not be deleted. */
    private void failed(NetlinkException.Failure failure) {
        boolean goneAlready =
                failure.request() instanceof NetlinkRequest.DeleteDevice && failure.errno() == Errno.ENODEV;
        if (!goneAlready) {
            failures.add(failure);
        }
    }

    /** Sends what is left, and throws what was refused. */
    void finish() {
        flush();
        if (!failures.isEmpty()) {
            throw new NetlinkException(failures);
        }
    }

    @Override
    public void close() {
        namespaces.forEach(Descriptor::close);
        namespaces.clear();
    }

    /** What the message refers to is looked up before any of it is written, so a failure leaves no half of it behind. */
    private void encode(NetlinkRequest request) {
        int peerNamespace = 0;
        if (request instanceof NetlinkRequest.CreateVeth veth) {
            Descriptor namespace = Libc.open(veth.thereIn(), Libc.O_RDONLY);
            namespaces.add(namespace);
            peerNamespace = namespace.number();
        }
        int sequence = socket.nextSequence();
        encoder.encode(request, sequence, peerNamespace);
        unanswered.put(sequence, request);
        if (request instanceof NetlinkRequest.DeleteDevice(String device)) {
            indexes.remove(device);
        }
    }

    private int indexOf(String device) {
        Integer known = indexes.get(device);
        if (known != null) {
            return known;
        }
        // The link may be one that a request of this batch makes.
        flush();
        int index = link(socket, device).index();
        indexes.put(device, index);
        return index;
    }

    /** Asks for one link by its name. */
    static NetworkDevice link(NetlinkSocket socket, String device) {
        return socket.ask(
                "link " + device,
                Rtnetlink.GET_LINK,
                question -> question.u32(0)
                        .u32(0)
                        .u32(0)
                        .u32(0)
                        .attribute(Rtnetlink.LINK_NAME, device)
                        .attribute(Rtnetlink.LINK_EXTENSIONS, Rtnetlink.SKIP_STATISTICS),
                RecordDecoder::link);
    }

    private void flush() {
        if (!unanswered.isEmpty()) {
            socket.send(writer);
        }
        while (!unanswered.isEmpty()) {
            socket.receive(this::answer);
        }
        close();
    }

    private void answer(ByteBuffer message) {
        NetlinkHeader header = NetlinkHeader.read(message);
        NetlinkRequest request = header.isAnswer() ? unanswered.remove(header.sequence()) : null;
        if (request == null) {
            return;
        }
        NetlinkException.Failure answer = header.readAnswer(request, message);
        if (answer.errno() != 0) {
            failed(answer);
        }
    }
}
