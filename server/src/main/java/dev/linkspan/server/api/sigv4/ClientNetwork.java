package dev.linkspan.server.api.sigv4;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a client is, as far as it cannot move at will: an IPv4 address, or the /64 of an IPv6 address, which is one
 * subscriber's to choose addresses from (RFC 4291, 2.5.1).
 */
record ClientNetwork(String text) {

    private static final int BYTES_OF_NETWORK = 8;

    static ClientNetwork of(String peer) {
        try {
            InetAddress address = InetAddress.ofLiteral(peer);
            return new ClientNetwork(
                    address instanceof Inet6Address ? network(address.getAddress()) : address.getHostAddress());
        } catch (IllegalArgumentException | UnknownHostException noAddress) {
            return new ClientNetwork(peer);
        }
    }

    private static String network(byte[] address) throws UnknownHostException {
        byte[] network = Arrays.copyOf(Arrays.copyOf(address, BYTES_OF_NETWORK), address.length);
        return InetAddress.getByAddress(network).getHostAddress() + "/64";
    }

    @Override
    public String toString() {
        return text;
    }
}
