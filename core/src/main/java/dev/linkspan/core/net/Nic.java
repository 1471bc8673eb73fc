package dev.linkspan.core.net;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A network interface card in a Subnet.
 *
 * @param addresses its private addresses, the primary one first; never empty
 * @param groups the security groups whose rules apply to it, in the order given; their union counts (S2)
 * @param sourceDestChecked whether it may only send from, and receive for, its own addresses (S6)
 * @param link its link to a VM, while it has one
 * @param natService whose NIC it is, where it is a NAT service's: it comes and goes with that, and nobody else changes it; it has no
 *     groups, since a NAT service answers nobody (X4)
 */
public record Nic(
        NicId id,
        AccountId owner,
        NetId net,
        SubnetId subnet,
        MacAddress mac,
        String description,
        List<Ipv4> addresses,
        List<SecurityGroupId> groups,
        boolean sourceDestChecked,
        Optional<NicLink> link,
        Optional<NatServiceId> natService,
        Instant createdAt) {

    /** How many addresses it can have, the primary one included: the whole plan of its Net carries each of them. */
    public static final int MOST_ADDRESSES = 64;

    public Nic {
        addresses = List.copyOf(addresses);
        groups = List.copyOf(groups);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("NIC %s needs an address".formatted(id));
        }
        if (natService.isPresent() && !(link.isEmpty() && groups.isEmpty())) {
            throw new IllegalArgumentException("NIC %s of a NAT service has a VM or groups".formatted(id));
        }
    }

    /** Refuses a number of addresses beside the primary one that no NIC can have. */
    public static void requireSecondary(int count, int least) {
        if (count < least || count >= MOST_ADDRESSES) {
            throw Refusal.badValue(
                    Parameter.SECONDARY_IP_COUNT,
                    count,
                    "a %s has at most %d addresses beside its primary one",
                    Noun.NIC,
                    MOST_ADDRESSES - 1);
        }
    }

    public Ipv4 primaryAddress() {
        return addresses.getFirst();
    }

    public boolean isLinkedTo(VmId vm) {
        return link.filter(it -> it.vm().equals(vm)).isPresent();
    }

    public Nic withDescription(String changed) {
        return new Nic(
                id,
                owner,
                net,
                subnet,
                mac,
                changed,
                addresses,
                groups,
                sourceDestChecked,
                link,
                natService,
                createdAt);
    }

    public Nic withAddresses(List<Ipv4> changed) {
        return new Nic(
                id,
                owner,
                net,
                subnet,
                mac,
                description,
                changed,
                groups,
                sourceDestChecked,
                link,
                natService,
                createdAt);
    }

    public Nic withGroups(List<SecurityGroupId> changed) {
        return new Nic(
                id,
                owner,
                net,
                subnet,
                mac,
                description,
                addresses,
                changed,
                sourceDestChecked,
                link,
                natService,
                createdAt);
    }

    public Nic withSourceDestChecked(boolean changed) {
        return new Nic(
                id, owner, net, subnet, mac, description, addresses, groups, changed, link, natService, createdAt);
    }

    public Nic withLink(Optional<NicLink> changed) {
        return new Nic(
                id,
                owner,
                net,
                subnet,
                mac,
                description,
                addresses,
                groups,
                sourceDestChecked,
                changed,
                natService,
                createdAt);
    }
}
