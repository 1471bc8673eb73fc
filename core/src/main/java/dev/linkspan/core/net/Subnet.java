package dev.linkspan.core.net;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import java.time.Instant;

/**
 * A part of a Net's range, in one Subregion. Its first four addresses and its last one are reserved; the router answers
 * on the second.
 *
 * @param isDefault whether EC2's clients mean it where they name none
 */
public record Subnet(
        SubnetId id,
        NetId net,
        AccountId owner,
        SubregionName subregion,
        Cidr range,
        boolean mapPublicIpOnLaunch,
        boolean isDefault,
        Instant createdAt) {

    public static final int SMALLEST_PREFIX = 29;
    private static final int RESERVED_AT_START = 4;

    /** One that nobody means unless it is named. */
    public Subnet(
            SubnetId id,
            NetId net,
            AccountId owner,
            SubregionName subregion,
            Cidr range,
            boolean mapPublicIpOnLaunch,
            Instant createdAt) {
        this(id, net, owner, subregion, range, mapPublicIpOnLaunch, false, createdAt);
    }

    public Subnet asDefault() {
        return new Subnet(id, net, owner, subregion, range, mapPublicIpOnLaunch, true, createdAt);
    }

    /** The router's address in this Subnet: {@code .1}. */
    public Ipv4 gateway() {
        return gatewayOf(range);
    }

    public static Ipv4 gatewayOf(Cidr range) {
        return range.network().plus(1);
    }

    /** The first address that is handed out: {@code .4}. */
    public Ipv4 firstUsable() {
        return range.network().plus(RESERVED_AT_START);
    }

    /** The last address that is handed out. */
    public Ipv4 lastUsable() {
        return range.last().plus(-1);
    }

    /** How many addresses can be handed out in all. */
    public long usable() {
        return range.size() - RESERVED_AT_START - 1;
    }

    public boolean mayAssign(Ipv4 address) {
        return address.compareTo(firstUsable()) >= 0 && address.compareTo(lastUsable()) <= 0;
    }

    public Subnet withMapPublicIpOnLaunch(boolean changed) {
        return new Subnet(id, net, owner, subregion, range, changed, isDefault, createdAt);
    }
}
