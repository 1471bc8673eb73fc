package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Snapshot;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * To which peerings both owners have agreed in truth, and which public addresses are the viewer's there, whatever is thought
 * through: of those alone an owner is told what the other side answers.
 */
public final class Consent {

    private static final int ALL = Integer.MAX_VALUE - 1;

    private final Predicate<NetPeeringId> given;
    private final Predicate<Ipv4> owned;

    private Consent(Predicate<NetPeeringId> given, Predicate<Ipv4> owned) {
        this.given = given;
        this.owned = owned;
    }

    /** Where nothing is planned, what is asked about is the truth: a peering that is active there is agreed to. */
    public static Consent asShown() {
        return new Consent(_ -> true, _ -> true);
    }

    /** What the viewer's peerings and public addresses are before calls that are only planned. */
    public static Consent inTruth(Snapshot truth, AccountId viewer) {
        NetPeeringQuery active = NetPeeringQuery.visibleTo(viewer, ALL).inStates(PeeringStateName.ACTIVE);
        return new Consent(
                truth.peerings().search(active).stream().map(NetPeering::id).collect(Collectors.toUnmodifiableSet())
                        ::contains,
                truth.publicIps().ofOwner(viewer).stream()
                        .map(PublicIp::address)
                        .collect(Collectors.toUnmodifiableSet())::contains);
    }

    /** Whether both owners agreed to this peering, which is active where it is asked about. */
    public boolean covers(NetPeeringId active) {
        return given.test(active);
    }

    /** Whether the viewer's machines could send from this public address in truth, and so find out what answers. */
    boolean coversSource(Ipv4 publicAddress) {
        return owned.test(publicAddress);
    }
}
