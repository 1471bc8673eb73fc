package dev.linkspan.server.http;

import dev.linkspan.server.http.Client.Phase;
import dev.linkspan.server.http.Client.Standing;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** Every connection that is open: how many there are, in all and from each address, and which of them take too long. */
final class Clients implements Connection.Listener {

    private static final int NETWORK_BYTES = 8;

    private final HttpLimits limits;
    private final BodyBudget budget;
    private final Map<EndPoint, Client> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> byNetwork = new ConcurrentHashMap<>();

    /** @param budget what long heads are held at the cost of */
    Clients(HttpLimits limits, BodyBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /**
     * Those that are too many are still heard out, so that they can be told; those beyond these are closed. One after the other:
     * connections that come at once are not to count as one.
     */
    @Override
    public synchronized void onOpened(Connection connection) {
        EndPoint end = connection.getEndPoint();
        String network = network(end.getRemoteSocketAddress());
        int ofItsNetwork = byNetwork.merge(network, 1, Integer::sum);
        int all = open.size();
        Standing standing = Standing.WELCOME;
        if (all >= limits.connections()) {
            standing = Standing.TOO_MANY_IN_ALL;
        } else if (ofItsNetwork > limits.connectionsPerAddress()) {
            standing = Standing.TOO_MANY_OF_ITS_ADDRESS;
        }
        open.put(end, new Client(connection, network, standing, budget));
        boolean beyond = all >= limits.connections() + limits.heardOut()
                || ofItsNetwork > limits.connectionsPerAddress() + limits.heardOut();
        if (beyond) {
            end.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Client gone = open.remove(connection.getEndPoint());
        if (gone != null) {
            gone.leave();
            byNetwork.computeIfPresent(gone.network(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Whoever has one IPv6 address has 2 to the 64th of them. */
    private static String network(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return address.toString();
        }
        byte[] bytes = internet.getAddress().getAddress();
        int counted = internet.getAddress() instanceof Inet6Address ? NETWORK_BYTES : bytes.length;
        return HexFormat.of().formatHex(bytes, 0, counted);
    }

    /** The client of a connection; one that is closed already is nobody's. */
    Client of(Connection connection) {
        Client client = open.get(connection.getEndPoint());
        return client != null ? client : new Client(connection, "", Standing.WELCOME, budget);
    }

    /** So many bytes have come; refuses them where they are part of a head for which there is no room. */
    void came(EndPoint end, int bytes) {
        Client client = open.get(end);
        if (client != null) {
            client.came(bytes);
        }
    }

    int count() {
        return open.size();
    }

    /** How often it must be looked for those that take too long. */
    Duration period() {
        Duration shortest = limits.head().compareTo(limits.idle()) < 0 ? limits.head() : limits.idle();
        Duration quarter = shortest.dividedBy(4);
        return quarter.compareTo(Duration.ofSeconds(1)) < 0 ? quarter : Duration.ofSeconds(1);
    }

    /**
     * Ends the connections that take too long.
     *
     * @param tooSlow is told of those that have begun a request and do not go on
     */
    void endOverdue(Consumer<Client> tooSlow) {
        open.values()
                .forEach(client -> client.overdue(limits).ifPresent(phase -> {
                    if (phase == Phase.HEAD && client.hasBegun()) {
                        tooSlow.accept(client);
                    } else {
                        client.connection().getEndPoint().close();
                    }
                }));
    }
}
