package dev.linkspan.server.api.resource.peering;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringOptions;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.peering.NetPeeringListing.SeenPeering;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The actions on VPC peering connections: Net peerings, by the same rules (P, L). */
public final class VpcPeeringActions {

    private static final String TYPE = "vpc-peering-connection";

    /** Whose the peer is and where is read from its record; what a client says of it is compared and not believed. */
    record CreateVpcPeeringConnectionRequest(
            @Required NetId vpcId,
            @Required NetId peerVpcId,
            Optional<AccountId> peerOwnerId,
            Optional<RegionName> peerRegion,
            List<TagSpecification> tagSpecification) {}

    record VpcPeeringConnectionRequest(@Required NetPeeringId vpcPeeringConnectionId) {}

    /** What one side's owner sets; the ClassicLink that two of them are about is nowhere here. */
    record OptionsRequest(
            Optional<Boolean> allowDnsResolutionFromRemoteVpc,
            Optional<Boolean> allowEgressFromLocalClassicLinkToRemoteVpc,
            Optional<Boolean> allowEgressFromLocalVpcToRemoteClassicLink) {

        Optional<Boolean> dnsResolution() {
            refuseClassicLink("AllowEgressFromLocalClassicLinkToRemoteVpc", allowEgressFromLocalClassicLinkToRemoteVpc);
            refuseClassicLink("AllowEgressFromLocalVpcToRemoteClassicLink", allowEgressFromLocalVpcToRemoteClassicLink);
            return allowDnsResolutionFromRemoteVpc;
        }

        private static void refuseClassicLink(String option, Optional<Boolean> wanted) {
            if (wanted.orElse(false)) {
                throw Refusal.badValue(option, true, "there is no ClassicLink, only false is possible");
            }
        }
    }

    record ModifyVpcPeeringConnectionOptionsRequest(
            @Required NetPeeringId vpcPeeringConnectionId,
            Optional<OptionsRequest> requesterPeeringConnectionOptions,
            Optional<OptionsRequest> accepterPeeringConnectionOptions) {

        PeeringOptions options() {
            if (requesterPeeringConnectionOptions.isEmpty() && accepterPeeringConnectionOptions.isEmpty()) {
                throw new Refusal(
                        RefusalCode.MISSING_PARAMETER,
                        "RequesterPeeringConnectionOptions or AccepterPeeringConnectionOptions are required.");
            }
            return new PeeringOptions(
                    requesterPeeringConnectionOptions.flatMap(OptionsRequest::dnsResolution),
                    accepterPeeringConnectionOptions.flatMap(OptionsRequest::dnsResolution));
        }
    }

    record DescribeVpcPeeringConnectionsRequest(
            List<NetPeeringId> vpcPeeringConnectionId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record Answer(Connection vpcPeeringConnection) {}

    record Connection(
            NetPeeringId vpcPeeringConnectionId,
            VpcInfo requesterVpcInfo,
            VpcInfo accepterVpcInfo,
            Status status,
            Optional<Instant> expirationTime,
            List<TagItem> tagSet) {

        private Connection in(Status other) {
            return new Connection(
                    vpcPeeringConnectionId, requesterVpcInfo, accepterVpcInfo, other, expirationTime, tagSet);
        }
    }

    record VpcInfo(
            AccountId ownerId,
            NetId vpcId,
            Cidr cidrBlock,
            List<CidrItem> cidrBlockSet,
            RegionName region,
            OptionsItem peeringOptions) {}

    record CidrItem(Cidr cidrBlock) {}

    record OptionsAnswer(OptionsItem accepterPeeringConnectionOptions, OptionsItem requesterPeeringConnectionOptions) {}

    /** Recorded for clients: nothing here resolves names, and there is no ClassicLink. */
    record OptionsItem(
            boolean allowDnsResolutionFromRemoteVpc,
            boolean allowEgressFromLocalClassicLinkToRemoteVpc,
            boolean allowEgressFromLocalVpcToRemoteClassicLink) {

        static OptionsItem of(PeeringSide side) {
            return new OptionsItem(side.dnsResolution(), false, false);
        }
    }

    record Status(String code, String message) {}

    private static final Ec2Listing<SeenPeering> LISTING = new Ec2Listing<>(
            "VpcPeeringConnectionSet",
            NetPeeringListing.PEERINGS,
            NetPeeringListing.ID,
            (call, seen) -> connection(call, seen.peering()));

    private final NetPeerings peerings;
    private final Tags tags;
    private final Subregions subregions;

    public VpcPeeringActions(NetPeerings peerings, Tags tags, Subregions subregions) {
        this.peerings = peerings;
        this.subregions = subregions;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateVpcPeeringConnection", CreateVpcPeeringConnectionRequest.class, this::create),
                Operation.change("AcceptVpcPeeringConnection", VpcPeeringConnectionRequest.class, this::accept),
                Operation.change("RejectVpcPeeringConnection", VpcPeeringConnectionRequest.class, this::reject),
                Operation.change("DeleteVpcPeeringConnection", VpcPeeringConnectionRequest.class, this::delete),
                Operation.change(
                        "ModifyVpcPeeringConnectionOptions",
                        ModifyVpcPeeringConnectionOptionsRequest.class,
                        this::modifyOptions),
                Operation.read(
                        "DescribeVpcPeeringConnections",
                        DescribeVpcPeeringConnectionsRequest.class,
                        VpcPeeringActions::describe));
    }

    private Object create(ChangeCall call, CreateVpcPeeringConnectionRequest request) {
        request.peerRegion().ifPresent(region -> requireThere(call, request.peerVpcId(), region));
        List<NetPeering> before = call.work().peerings().liveBetween(request.vpcId(), request.peerVpcId());
        NetPeering peering = peerings.create(
                call.work(), call.caller(), request.vpcId(), request.peerVpcId(), request.peerOwnerId());
        requireNotPeered(before, peering);
        if (before.stream().anyMatch(peering::equals)) {
            return new Answer(connection(call, peering));
        }
        TagSpecification.apply(call, tags, request.tagSpecification(), TYPE, peering.id());
        return new Answer(requested(call, peering));
    }

    /** Once all that it takes to ask is there, a request for two that are actively peered is refused (P9). */
    private static void requireNotPeered(List<NetPeering> before, NetPeering asked) {
        before.stream().filter(NetPeering::isActive).findFirst().ifPresent(active -> {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The VPC peering '%s' connects '%s' and '%s' already.",
                            active.id(),
                            asked.source().net(),
                            asked.accepter().net())
                    .about(active.id());
        });
    }

    /** As the answer to the request shows it: EC2 tells of the waiting for the other owner from the next answer on. */
    private static Connection requested(Call call, NetPeering peering) {
        Connection made = connection(call, peering);
        return peering.stateAt(call.now()) instanceof PeeringState.PendingAcceptance
                ? made.in(new Status(
                        "initiating-request",
                        "Initiating Request to " + peering.accepter().owner()))
                : made;
    }

    /** A VPC is in one Region: asked for in another one, it is not found. */
    private void requireThere(ChangeCall call, NetId vpc, RegionName named) {
        List<String> served = subregions.regions().stream()
                .map(region -> region.name().value())
                .toList();
        if (!served.contains(named.value())) {
            throw Refusal.badValue("PeerRegion", named, "the Regions here are %s", Fact.listed(served));
        }
        boolean there = call.work()
                .nets()
                .findInAnyRegion(vpc)
                .filter(net -> net.region().equals(named))
                .isPresent();
        if (!there) {
            throw Refusal.unknown(Parameter.ACCEPTER_NET, vpc);
        }
    }

    private Object accept(ChangeCall call, VpcPeeringConnectionRequest request) {
        return new Answer(
                connection(call, peerings.accept(call.work(), call.caller(), request.vpcPeeringConnectionId())));
    }

    private Object reject(ChangeCall call, VpcPeeringConnectionRequest request) {
        peerings.reject(call.work(), call.caller(), request.vpcPeeringConnectionId());
        return Done.IT_IS;
    }

    private Object delete(ChangeCall call, VpcPeeringConnectionRequest request) {
        peerings.delete(call.work(), call.caller(), request.vpcPeeringConnectionId());
        return Done.IT_IS;
    }

    private Object modifyOptions(ChangeCall call, ModifyVpcPeeringConnectionOptionsRequest request) {
        NetPeering peering =
                peerings.setOptions(call.work(), call.caller(), request.vpcPeeringConnectionId(), request.options());
        return new OptionsAnswer(OptionsItem.of(peering.accepter()), OptionsItem.of(peering.source()));
    }

    private static Object describe(ReadCall call, DescribeVpcPeeringConnectionsRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.PEERING,
                        request.vpcPeeringConnectionId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static Connection connection(Call call, NetPeering peering) {
        Instant now = call.now();
        return new Connection(
                peering.id(),
                info(call, peering.source()),
                info(call, peering.accepter()),
                new Status(peering.stateAt(now).name().label(), NetPeeringListing.ec2Message(peering, now)),
                peering.expirationShownAt(now),
                TagItem.of(call, peering.id()));
    }

    private static VpcInfo info(Call call, PeeringSide side) {
        RegionName region = call.snapshot()
                .nets()
                .findInAnyRegion(side.net())
                .map(Net::region)
                .orElse(call.snapshot().region());
        return new VpcInfo(
                side.owner(),
                side.net(),
                side.range(),
                List.of(new CidrItem(side.range())),
                region,
                OptionsItem.of(side));
    }
}
