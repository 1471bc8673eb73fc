package dev.linkspan.server.api.resource.natservice;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.internet.NatConnectivity;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.resource.natservice.NatServiceListing.SeenNatService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions on NAT gateways. */
public final class NatGatewayActions {

    /** One that stands in one subnet, with one address. */
    record CreateNatGatewayRequest(
            @Required SubnetId subnetId,
            Optional<PublicIpId> allocationId,
            Optional<String> connectivityType,
            Optional<Ipv4> privateIpAddress,
            Optional<String> availabilityMode,
            Optional<NetId> vpcId,
            List<PublicIpId> secondaryAllocationId,
            List<Ipv4> secondaryPrivateIpAddress,
            Optional<Integer> secondaryPrivateIpAddressCount,
            Optional<String> clientToken,
            List<TagSpecification> tagSpecification) {

        private static final String ONE_ADDRESS = "a NAT gateway has one address";
        private static final String ONE_SUBNET = "a NAT gateway stands in one subnet";

        NewNatService service() {
            FixedParameter.requireOnly("AvailabilityMode", availabilityMode, AVAILABILITY_MODE, ONE_SUBNET);
            FixedParameter.requireNone("VpcId", vpcId, ONE_SUBNET);
            FixedParameter.requireNone(
                    "SecondaryAllocationId", secondaryAllocationId.stream().findFirst(), ONE_ADDRESS);
            FixedParameter.requireNone(
                    "SecondaryPrivateIpAddress",
                    secondaryPrivateIpAddress.stream().findFirst(),
                    ONE_ADDRESS);
            FixedParameter.requireOnly(
                    "SecondaryPrivateIpAddressCount", secondaryPrivateIpAddressCount, 0, ONE_ADDRESS);
            requireFitting(connectivity());
            return new NewNatService(subnetId, allocationId, privateIpAddress, clientToken);
        }

        private NatConnectivity connectivity() {
            String asked = connectivityType.orElse(NatConnectivity.PUBLIC.label());
            return Stream.of(NatConnectivity.values())
                    .filter(it -> it.label().equals(asked))
                    .findFirst()
                    .orElseThrow(() -> Refusal.malformed("ConnectivityType", asked, "public or private is expected"));
        }

        /** A public gateway has an allocated address, and a private one has none. */
        private void requireFitting(NatConnectivity connectivity) {
            switch (connectivity) {
                case PUBLIC -> {
                    if (allocationId.isEmpty()) {
                        throw new Refusal(
                                RefusalCode.MISSING_PARAMETER,
                                "AllocationId is required: a public NAT gateway has an Elastic IP address.");
                    }
                }
                case PRIVATE -> {
                    if (allocationId.isPresent()) {
                        throw new Refusal(
                                RefusalCode.PARAMETER_COMBINATION,
                                "AllocationId and the ConnectivityType 'private' exclude each other.");
                    }
                }
            }
        }
    }

    record DeleteNatGatewayRequest(@Required NatServiceId natGatewayId) {}

    record DescribeNatGatewaysRequest(
            List<NatServiceId> natGatewayId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record CreatedAnswer(Item natGateway, Optional<String> clientToken) {}

    record DeletedAnswer(NatServiceId natGatewayId) {}

    record Item(
            NatServiceId natGatewayId,
            SubnetId subnetId,
            NetId vpcId,
            String state,
            String connectivityType,
            String availabilityMode,
            Instant createTime,
            Optional<Instant> deleteTime,
            List<AddressItem> natGatewayAddressSet,
            List<TagItem> tagSet) {}

    /** The gateway's one address; a private one's is without what stands for it outside. */
    record AddressItem(
            Optional<PublicIpId> allocationId,
            Optional<PublicIpLinkId> associationId,
            NicId networkInterfaceId,
            Ipv4 privateIp,
            Optional<Ipv4> publicIp,
            boolean isPrimary,
            String status) {

        static AddressItem of(Nic nic, Optional<PublicIp> ip) {
            return new AddressItem(
                    ip.map(PublicIp::id),
                    ip.flatMap(PublicIp::link).map(PublicIpLink::id),
                    nic.id(),
                    nic.primaryAddress(),
                    ip.map(PublicIp::address),
                    true,
                    "succeeded");
        }
    }

    /** What EC2 calls a gateway that stands in one subnet. */
    private static final String AVAILABILITY_MODE = "zonal";

    private static final Ec2Listing<SeenNatService> LISTING = new Ec2Listing<>(
            "NatGatewaySet", NatServiceListing.SERVICES, NatServiceListing.ID, NatGatewayActions::item);

    private final NatServices services;
    private final Tags tags;

    public NatGatewayActions(NatServices services, Tags tags) {
        this.services = services;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateNatGateway", CreateNatGatewayRequest.class, this::create),
                Operation.change("DeleteNatGateway", DeleteNatGatewayRequest.class, this::delete),
                Operation.read("DescribeNatGateways", DescribeNatGatewaysRequest.class, NatGatewayActions::describe));
    }

    private Object create(ChangeCall call, CreateNatGatewayRequest request) {
        NatService made = services.create(call.work(), call.caller(), request.service());
        TagSpecification.apply(call, tags, request.tagSpecification(), "natgateway", made.id());
        return new CreatedAnswer(item(call, SeenNatService.of(call.snapshot(), made)), request.clientToken());
    }

    private Object delete(ChangeCall call, DeleteNatGatewayRequest request) {
        return new DeletedAnswer(services.delete(call.work(), call.caller(), request.natGatewayId())
                .id());
    }

    private static Object describe(ReadCall call, DescribeNatGatewaysRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.NAT_SERVICE,
                        request.natGatewayId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static Item item(Call call, SeenNatService seen) {
        NatService service = seen.service();
        return new Item(
                service.id(),
                service.subnet(),
                service.net(),
                service.state().label(),
                service.connectivity().label(),
                AVAILABILITY_MODE,
                service.createdAt(),
                service.deletedAt(),
                seen.nic().map(nic -> AddressItem.of(nic, seen.publicIp())).stream()
                        .toList(),
                TagItem.of(call, service.id()));
    }
}
