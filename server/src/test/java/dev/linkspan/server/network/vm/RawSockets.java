package dev.linkspan.server.network.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.server.network.Probe;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sockets of one VM for whole packets of a protocol: one that receives, and one for each address to send from. */
final class RawSockets implements AutoCloseable {

    private final RawSocket receiver;
    private final Map<Ipv4, RawSocket> senders;

    /**
     * In the VM that the thread is in.
     *
     * @param addresses all of the VM's
     */
    RawSockets(int protocol, Collection<Ipv4> addresses) {
        receiver = RawSocket.packets(protocol, Probe.ANY);
        senders = addresses.stream()
                .collect(Collectors.toMap(Function.identity(), address -> RawSocket.packets(protocol, address)));
    }

    void send(Ipv4 source, Ipv4 to, byte[] message) {
        senders.getOrDefault(source, receiver).sendTo(to, message);
    }

    Optional<byte[]> poll() {
        return receiver.poll();
    }

    @Override
    public void close() {
        receiver.close();
        senders.values().forEach(RawSocket::close);
    }
}
