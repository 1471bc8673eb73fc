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
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.wording.Sentence;
import java.util.List;
import java.util.Optional;

/** One decision about a packet, with the resource and the rule that made it. */
public sealed interface Step {

    Leg leg();

    /** The Net in which it is decided; for the way through a peering, the one that the packet leaves. */
    NetId net();

    /** What stops the packet here, if anything does. */
    Optional<BlockReason> blockReason();

    /** What is decided here, in a sentence or less. */
    default Sentence text() {
        return Sentences.told(this);
    }

    /** What is at an address. */
    enum Condition {
        RUNNING,
        STOPPED,
        /** A NIC that is linked to no VM. */
        NOT_LINKED,
        /** The NIC of a NAT service, which neither opens flows nor answers. */
        NAT_SERVICE,
        NOBODY
    }

    /** A flow begins: not every packet can do that. */
    record Beginning(Leg leg, NetId net, Traffic packet, boolean possible) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return possible ? Optional.empty() : Optional.of(BlockReason.BEGINS_NO_FLOW);
        }
    }

    /** The machine that sends or receives. */
    record Machine(
            Leg leg,
            NetId net,
            Direction direction,
            Ipv4 address,
            Optional<NicId> nic,
            Optional<VmId> vm,
            Condition condition)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return switch (condition) {
                case RUNNING -> Optional.empty();
                case STOPPED -> Optional.of(BlockReason.VM_STOPPED);
                case NOT_LINKED -> Optional.of(BlockReason.NIC_NOT_LINKED);
                case NAT_SERVICE -> Optional.of(BlockReason.NAT_SERVICE_SILENT);
                case NOBODY -> Optional.of(BlockReason.NOBODY_THERE);
            };
        }
    }

    /** The Subregion in which the machine is, or the NAT service. */
    record InSubregion(Leg leg, NetId net, SubregionName subregion, boolean failed) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return failed ? Optional.of(BlockReason.SUBREGION_FAILED) : Optional.empty();
        }
    }

    /**
     * The check that a machine sends from its own address only (S6).
     *
     * @param nic the NIC through which the packet leaves
     * @param address from which it is sent
     * @param own whether that is the NIC's
     * @param checked whether that matters
     */
    record SourceCheck(Leg leg, NetId net, NicId nic, Ipv4 address, boolean own, boolean checked) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return own || !checked ? Optional.empty() : Optional.of(BlockReason.SOURCE_CHECK);
        }
    }

    /**
     * The security groups of a NIC (S2).
     *
     * @param other the address at the far end
     * @param groups those of the NIC
     * @param allowance the first rule that allows the packet
     */
    record Groups(
            Leg leg,
            NetId net,
            NicId nic,
            Direction direction,
            Traffic packet,
            Ipv4 other,
            List<SecurityGroupId> groups,
            Optional<Allowance> allowance)
            implements Step {

        public Groups {
            groups = List.copyOf(groups);
        }

        @Override
        public Optional<BlockReason> blockReason() {
            return allowance.isPresent() ? Optional.empty() : Optional.of(BlockReason.NO_RULE);
        }
    }

    /**
     * The network ACL at a Subnet's border, which judges each packet by itself (N2, N3).
     *
     * @param direction out of the Subnet, or into it
     * @param packet what crosses; of a reply, with all the ports to which it may go
     * @param other the address outside the Subnet
     * @param decision the entry that decides, where one does
     * @param passes whether all of it crosses
     */
    record SubnetBorder(
            Leg leg,
            NetId net,
            SubnetId subnet,
            NetworkAclId acl,
            Direction direction,
            Traffic packet,
            Ipv4 other,
            Optional<AclEntry> decision,
            boolean passes)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return passes ? Optional.empty() : Optional.of(BlockReason.NETWORK_ACL);
        }
    }

    /** A rule that allows a packet, and the group that holds it. */
    record Allowance(SecurityGroupId group, SecurityGroupRule rule) {}

    /**
     * The choice of a route (R1, R2).
     *
     * @param table the table of the sender's Subnet, or of the NAT service's that sends it on
     * @param address where the packet is to go
     * @param route the route that wins, where one covers the address
     * @param target the state of the peering that the route leads to; empty for others, and for one long forgotten
     * @param outcome whether that leads to where it should
     */
    record Routing(
            Leg leg,
            NetId net,
            RouteTableId table,
            Ipv4 address,
            Optional<Route> route,
            Optional<PeeringStateName> target,
            Outcome outcome)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return switch (outcome) {
                case LOCAL, THROUGH_PEERING, OUTSIDE, BY_NAT_SERVICE, TO_APPLIANCE -> Optional.empty();
                case OVERLAP -> Optional.of(BlockReason.OVERLAP);
                case NOWHERE -> Optional.of(BlockReason.NO_ROUTE);
                case DEAD -> Optional.of(BlockReason.DEAD_ROUTE);
                case ELSEWHERE -> Optional.of(BlockReason.WRONG_ROUTE);
                case BEYOND -> Optional.of(BlockReason.NOT_TRANSITIVE);
                case NOT_LINKED -> Optional.of(BlockReason.INTERNET_SERVICE_NOT_LINKED);
                case NOT_SHARED -> Optional.of(BlockReason.EXIT_NOT_SHARED);
                case NAT_DELETED -> Optional.of(BlockReason.NAT_SERVICE_DELETED);
                case NAT_AGAIN -> Optional.of(BlockReason.NAT_BEHIND_NAT);
                case APPLIANCE_STOPPED, APPLIANCE_UNLINKED -> Optional.of(BlockReason.APPLIANCE_DOWN);
            };
        }
    }

    /** Where a route leads, seen from where the packet should get. */
    enum Outcome {
        /** It stays in the Net, as it should. */
        LOCAL,
        /** To the peering that connects the two Nets. */
        THROUGH_PEERING,
        /** Out of the Net by its internet service, as it should. */
        OUTSIDE,
        /** To a NAT service, which sends it on by the route of its own Subnet (X4). */
        BY_NAT_SERVICE,
        /** It stays in the Net, because the peer's range, or the address outside, overlaps the Net's own. */
        OVERLAP,
        NOWHERE,
        /** To a peering that carries nothing any more. */
        DEAD,
        /**
         * To another peer, which has that address as well; through another peering than the flow's; outside; for a reply, to a
         * NAT service; or to a NIC that is not handed it, because it sends it itself, or because it was passed on before.
         */
        ELSEWHERE,
        /** To a peer that does not have that address. */
        BEYOND,
        /** To an internet service that is not linked to the Net. */
        NOT_LINKED,
        /** Into a peering, by which nothing gets outside and no reply goes there (X5). */
        NOT_SHARED,
        /** To a NAT service that is deleted. */
        NAT_DELETED,
        /** From a NAT service to one (X4). */
        NAT_AGAIN,
        /** To a NIC of the Net, which is handed it (X6). */
        TO_APPLIANCE,
        /** To a NIC whose VM is stopped. */
        APPLIANCE_STOPPED,
        /** To a NIC that is linked to no VM, or deleted. */
        APPLIANCE_UNLINKED
    }

    /**
     * The way through a NAT service, whose address takes the place of the sender's; of a reply the other way round (X4).
     *
     * @param before the sender's address as the packet comes in; of a reply, the receiver's
     * @param after the same as it goes on
     */
    record Translating(Leg leg, NetId net, NatServiceId service, Traffic packet, Ipv4 before, Ipv4 after)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return leg == Leg.THERE && packet instanceof Traffic.Other
                    ? Optional.of(BlockReason.NOT_TRANSLATABLE)
                    : Optional.empty();
        }
    }

    /**
     * The check that a NIC takes in only what is for its own addresses (S6, X6).
     *
     * @param nic the one to which a route leads what is for others
     */
    record DestinationCheck(Leg leg, NetId net, NicId nic, boolean checked) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return checked ? Optional.of(BlockReason.SOURCE_DEST_CHECKED) : Optional.empty();
        }
    }

    /**
     * A NIC is handed what a route leads to it, and here ends what is certain: what its VM does with it is not known. The steps that
     * follow are those of the packet if the VM passes it on as it is.
     */
    record Appliance(Leg leg, NetId net, NicId nic, VmId vm) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return Optional.of(BlockReason.HANDED_TO_APPLIANCE);
        }
    }

    /**
     * The way out of a Net by its internet service, where a public address takes the place of the sender's private one (X3).
     *
     * @param service the one that is linked to the Net; empty where none is
     * @param from the private address, of the sender or of the NAT service that sends it on
     * @param seenAs the public one; empty where none stands for it
     */
    record Leaving(Leg leg, NetId net, Optional<InternetServiceId> service, Ipv4 from, Optional<Ipv4> seenAs)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return seenAs.isPresent() ? Optional.empty() : Optional.of(BlockReason.NO_PUBLIC_ADDRESS);
        }
    }

    /**
     * The way into a Net from outside by its internet service, where the receiver's private address takes the place of the public
     * one (X3).
     *
     * @param service the one that is linked to the Net; empty where none is
     * @param sentTo the public address; empty where none stands for the private one
     * @param to the private address
     */
    record Arriving(Leg leg, NetId net, Optional<InternetServiceId> service, Optional<Ipv4> sentTo, Ipv4 to)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            if (sentTo.isEmpty()) {
                return Optional.of(BlockReason.NO_PUBLIC_ADDRESS);
            }
            return service.isPresent() ? Optional.empty() : Optional.of(BlockReason.INTERNET_SERVICE_NOT_LINKED);
        }
    }

    /** What is known of an address outside. */
    enum Answer {
        /** It answers, as every address does of which nothing else is known. */
        ANSWERS,
        /** It stands for nothing, or for a machine that is not reached by it, or does not answer. */
        SILENT,
        /** It is not told before the packet can be sent in truth: from an address that is the sender's so far in a plan only. */
        UNTOLD
    }

    /**
     * What is outside all Nets, and of which nothing is told but whether it answers.
     *
     * @param net the Net that the packet left
     */
    record Outside(Leg leg, NetId net, Ipv4 address, Answer answer) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return answer == Answer.SILENT ? Optional.of(BlockReason.NO_ANSWER) : Optional.empty();
        }

        public boolean told() {
            return answer != Answer.UNTOLD;
        }
    }

    /**
     * The way through a peering.
     *
     * @param peering empty where none connects the two Nets
     * @param peer the Net at its other end
     * @param range that Net's range: nothing else is reached there (R2, P11)
     * @param state what it is in: only an active one carries packets
     */
    record Crossing(
            Leg leg,
            NetId net,
            Optional<NetPeeringId> peering,
            NetId peer,
            Cidr range,
            Optional<PeeringStateName> state)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            if (state.isEmpty()) {
                return Optional.of(BlockReason.NO_PEERING);
            }
            return state.get() == PeeringStateName.ACTIVE ? Optional.empty() : Optional.of(BlockReason.PEERING_PENDING);
        }
    }

    /**
     * The router's memory of a flow that begins, where there is no room for it: met only then.
     *
     * @param nic whose share is full; empty where it is not a NIC's
     * @param peering whose share is full, by the flows that the peer opened
     * @param flows how many the Net's router remembers
     */
    record Tracking(Leg leg, NetId net, Optional<NicId> nic, Optional<NetPeeringId> peering, long flows)
            implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return Optional.of(BlockReason.TOO_MANY_FLOWS);
        }
    }

    /** A machine talks to itself, of which no network knows. */
    record InsideMachine(Leg leg, NetId net, VmId vm) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return Optional.empty();
        }
    }

    /** The Net's router is spoken to: it answers pings of its own Net's machines, whatever their groups say. */
    record Router(Leg leg, NetId net, Ipv4 address, boolean answers) implements Step {
        @Override
        public Optional<BlockReason> blockReason() {
            return answers ? Optional.empty() : Optional.of(BlockReason.ROUTER_SILENT);
        }
    }

    /**
     * Whether it is told what the other owner's side decides, and why not
     * (docs/decisions/0015-an-owner-is-told-what-packets-would-tell.md).
     */
    enum Telling {
        TOLD,
        /** No active peering shows that both owners want to talk. */
        NOT_AGREED,
        /** Whether a machine of the other owner sends, no packet of one's own can tell. */
        NOT_ONES_OWN,
        /** A packet that is not let in has no reply whose way could be seen. */
        NOT_LET_IN
    }

    /**
     * What the other owner's side decides, of which only the answer is told.
     *
     * @param owner the account that may see more
     */
    record OtherSide(Leg leg, NetId net, AccountId owner, Telling telling, Optional<BlockReason> blockReason)
            implements Step {

        public boolean told() {
            return telling == Telling.TOLD;
        }
    }
}
