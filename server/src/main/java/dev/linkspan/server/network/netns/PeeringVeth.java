package dev.linkspan.server.network.netns;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.server.network.linux.namespace.NetworkNamespace;
import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import java.util.Optional;
import java.util.function.Function;

/**
 * The link of one peering: a pair of virtual Ethernet devices (veth(4)), one in the router of either Net, under the same
 * name. It exists while the plans of both have the peering. Whichever Net is applied last makes it, and then the other one
 * is applied again to set up its end; whichever is applied first without it deletes it, and both ends vanish together.
 */
final class PeeringVeth {

    private final NetPeeringId peering;
    private final End one;
    private final End other;
    private final Function<NetId, Optional<Router>> routers;

    /** One of the two Nets, and whether its plan has the peering; empty where no plan is known. */
    private static final class End {

        private final NetId net;
        private Optional<Boolean> planned = Optional.empty();

        End(NetId net) {
            this.net = net;
        }
    }

    /** @param routers those that this process has taken care of, by Net */
    PeeringVeth(NetPeeringId peering, NetId one, NetId other, Function<NetId, Optional<Router>> routers) {
        this.peering = peering;
        this.one = new End(one);
        this.other = new End(other);
        this.routers = routers;
    }

    NetPeeringId peering() {
        return peering;
    }

    /** What either end is called. */
    String name() {
        return KernelNames.link(peering);
    }

    /** The other one of the two Nets. */
    NetId peerOf(NetId net) {
        return across(net).net;
    }

    /** The plan of one of the two Nets is this now. */
    void planned(NetPlan plan) {
        across(peerOf(plan.net())).planned = Optional.of(plan.peerings().containsKey(peering));
    }

    /** A Net and its router are gone, and with them this link: the peer's router does not know what it has lost. */
    void removed(NetId net) {
        across(peerOf(net)).planned = Optional.empty();
        routers.apply(peerOf(net)).ifPresent(Router::forget);
    }

    /** Whether no plan that is known has the peering. */
    boolean isUnplanned() {
        return !one.planned.orElse(false) && !other.planned.orElse(false);
    }

    /**
     * The router of the peer, if the link may have an end there: it exists, and its plan has the peering. A peer that was not
     * planned yet since this process began is taken to want it.
     */
    Optional<NetworkNamespace> routerOfPeer(NetId net, NetworkNamespaces namespaces) {
        End peer = across(net);
        return peer.planned.orElse(true) ? namespaces.find(peer.net.value()) : Optional.empty();
    }

    /** One of the two routers has made the link, or deleted it: the end at its peer is there, and down, or it is gone. */
    void changed(NetId by, boolean exists) {
        routers.apply(peerOf(by)).ifPresent(router -> router.learn(name(), exists));
    }

    private End across(NetId net) {
        return net.equals(one.net) ? other : one;
    }
}
