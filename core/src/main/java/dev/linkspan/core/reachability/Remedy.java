package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.Optional;

/** A call that removes what stops a packet: the smallest one, and whose it is to make. */
public sealed interface Remedy {

    /** Who may make the call; empty for the operator. */
    Optional<AccountId> by();

    /** Where a route is to lead. */
    sealed interface Target {

        /** @param id empty for the one that is asked for by the remedy before */
        record Peering(Optional<NetPeeringId> id) implements Target {}

        /** @param id empty for the one that is made by the remedy before */
        record InternetService(Optional<InternetServiceId> id) implements Target {}

        record NatService(NatServiceId id) implements Target {}
    }

    record CreateRoute(AccountId owner, RouteTableId table, Cidr destination, Target target) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    record UpdateRoute(AccountId owner, RouteTableId table, Cidr destination, Target target) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /** For a route that hides one which leads to the right place. */
    record DeleteRoute(AccountId owner, RouteTableId table, Cidr destination) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /** @param range whom the rule is to speak of: the Subnet at the far end */
    record CreateRule(AccountId owner, SecurityGroupId group, Direction direction, Traffic traffic, Cidr range)
            implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /**
     * An entry that lets a packet cross a Subnet's border, of which only the EC2 API knows.
     *
     * @param number of no entry, and before the one that stops the packet
     */
    record CreateAclEntry(
            AccountId owner, NetworkAclId acl, int number, Direction direction, Traffic traffic, Cidr range)
            implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    record CreatePeering(AccountId owner, NetId source, NetId accepter, AccountId accepterOwner) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /** @param peering empty for the one that is asked for by the remedy before */
    record AcceptPeering(AccountId owner, Optional<NetPeeringId> peering) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /** @param net which it is to be linked to */
    record CreateInternetService(AccountId owner, NetId net) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /** @param service empty for the one that is made by the remedy before */
    record LinkInternetService(AccountId owner, Optional<InternetServiceId> service, NetId net) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    record CreatePublicIp(AccountId owner) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /**
     * Has a public IP stand for an address of a NIC.
     *
     * @param publicIp empty for the one that is made by the remedy before
     */
    record LinkPublicIp(AccountId owner, Optional<PublicIpId> publicIp, NicId nic, Ipv4 privateAddress)
            implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    record StartVm(AccountId owner, VmId vm) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /** Lets the VM's primary NIC send from other addresses than its own (S6). */
    record UncheckSource(AccountId owner, VmId vm) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    record HealSubregion(SubregionName subregion) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.empty();
        }
    }

    /** What the other owner is asked for: that the machine at this address runs, and that its groups let this in. */
    record LetIn(AccountId owner, NetId net, Ipv4 address, Traffic traffic, Cidr range) implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }

    /** What the other owner is asked for: a route, in the table of this address's Subnet. */
    record LeadThrough(AccountId owner, NetId net, Ipv4 address, Cidr destination, NetPeeringId peering)
            implements Remedy {
        @Override
        public Optional<AccountId> by() {
            return Optional.of(owner);
        }
    }
}
