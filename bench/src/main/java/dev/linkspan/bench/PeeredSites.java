package dev.linkspan.bench;

import dev.linkspan.cli.process.ServerCommand;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import java.time.Duration;

/** Two accounts' Nets on a server of their own, each ready to admit the other, and the way into their VMs. */
final class PeeredSites implements AutoCloseable {

    private final ServerUnderTest server = new ServerUnderTest(ServerCommand::with, "netns");
    private final NetworkNamespaces namespaces;
    private final Site near;
    private final Site far;

    PeeredSites() {
        try {
            near = Site.make(server.tenant(), 1);
            far = Site.make(server.tenant(), 2);
            near.admit(far);
            far.admit(near);
            server.settle();
            namespaces = NetworkNamespaces.open(server.runFolder());
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    void settle() {
        server.settle();
    }

    /** The same after more than is usual. */
    void settle(Duration patience) {
        server.settle(patience);
    }

    /** The near one's request for a peering. */
    String request() {
        return near.owner().requestPeering(near.net(), far.owner(), far.net());
    }

    /** An account of the same server. */
    Tenant neighbour() {
        return server.tenant();
    }

    /** The near owner takes the peering away; returns when that was answered, by {@link System#nanoTime}. */
    long revoke(String peering) {
        near.owner().ask("DeleteNetPeering", "NetPeeringId", peering);
        return System.nanoTime();
    }

    /** The routes of a peering that is gone. */
    void unroute() {
        near.unroute(far);
        far.unroute(near);
    }

    /** The calls after which packets must flow. */
    void connect(String peering) {
        far.owner().acceptPeering(peering);
        near.route(far, peering);
        far.route(near, peering);
    }

    void part(String peering) {
        near.unroute(far);
        far.unroute(near);
        near.owner().ask("DeleteNetPeering", "NetPeeringId", peering);
        server.settle();
    }

    /** From the near VM to the far one. */
    Line line() {
        return new Line(namespace(near), namespace(far), far.address());
    }

    private NetworkNamespace namespace(Site site) {
        return namespaces
                .find(site.vm())
                .orElseThrow(() -> new IllegalStateException("the VM %s is not on the wire".formatted(site.vm())));
    }

    @Override
    public void close() {
        namespaces.close();
        server.close();
    }
}
