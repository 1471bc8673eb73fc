package dev.linkspan.server.api.resource.publicip;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.FixedParameter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.resource.publicip.PublicIpListing.SeenPublicIp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions on Elastic IP addresses. */
public final class AddressActions {

    /** Which address it is to be cannot be chosen, nor another pool than the Region's. */
    record AllocateAddressRequest(
            Optional<String> domain,
            Optional<String> address,
            Optional<String> publicIpv4Pool,
            Optional<String> networkBorderGroup,
            Optional<String> customerOwnedIpv4Pool,
            Optional<String> ipamPoolId,
            List<TagSpecification> tagSpecification) {

        private void requirePossible(RegionName region) {
            FixedParameter.requireOnly("Domain", domain, PublicIpListing.PLACEMENT, "addresses are for VPCs");
            FixedParameter.requireNone("Address", address, "the next free address of the Region is given");
            FixedParameter.requireOnly("PublicIpv4Pool", publicIpv4Pool, POOL, "each Region has one pool");
            FixedParameter.requireOnly(
                    "NetworkBorderGroup", networkBorderGroup, region.value(), "addresses are the whole Region's");
            FixedParameter.requireNone("CustomerOwnedIpv4Pool", customerOwnedIpv4Pool, "each Region has one pool");
            FixedParameter.requireNone("IpamPoolId", ipamPoolId, "each Region has one pool");
        }
    }

    /** @param allowReassociation true where it is not given */
    record AssociateAddressRequest(
            Optional<PublicIpId> allocationId,
            Optional<Ipv4> publicIp,
            Optional<VmId> instanceId,
            Optional<NicId> networkInterfaceId,
            Optional<Ipv4> privateIpAddress,
            Optional<Boolean> allowReassociation) {}

    record DisassociateAddressRequest(Optional<PublicIpLinkId> associationId, Optional<Ipv4> publicIp) {}

    record ReleaseAddressRequest(
            Optional<PublicIpId> allocationId, Optional<Ipv4> publicIp, Optional<String> networkBorderGroup) {}

    record DescribeAddressesRequest(List<PublicIpId> allocationId, List<Ipv4> publicIp, List<Filter> filter) {}

    /** @param attribute the one that there is: the name that an address is resolved to, which none has */
    record DescribeAddressesAttributeRequest(
            List<PublicIpId> allocationId,
            Optional<String> attribute,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record AllocatedAnswer(
            PublicIpId allocationId,
            Ipv4 publicIp,
            String domain,
            String publicIpv4Pool,
            RegionName networkBorderGroup) {}

    record AssociatedAnswer(@JsonProperty("Return") boolean done, PublicIpLinkId associationId) {}

    /** An address; without what only an associated one has. */
    record Item(
            PublicIpId allocationId,
            Ipv4 publicIp,
            String domain,
            String publicIpv4Pool,
            RegionName networkBorderGroup,
            Optional<PublicIpLinkId> associationId,
            Optional<VmId> instanceId,
            Optional<NicId> networkInterfaceId,
            Optional<AccountId> networkInterfaceOwnerId,
            Optional<Ipv4> privateIpAddress,
            List<TagItem> tagSet) {}

    record AttributeItem(PublicIpId allocationId, Ipv4 publicIp) {}

    /** What EC2 calls the pool that is its own. */
    private static final String POOL = "amazon";

    private static final Ec2Listing<SeenPublicIp> LISTING =
            new Ec2Listing<>("AddressesSet", PublicIpListing.PUBLIC_IPS, PublicIpListing.ID, AddressActions::item);

    private static final Ec2Listing<SeenPublicIp> ATTRIBUTES = new Ec2Listing<>(
            "AddressSet",
            PublicIpListing.PUBLIC_IPS,
            PublicIpListing.ID,
            (_, seen) -> new AttributeItem(seen.ip().id(), seen.ip().address()));

    private final PublicIps publicIps;
    private final Tags tags;

    public AddressActions(PublicIps publicIps, Tags tags) {
        this.publicIps = publicIps;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("AllocateAddress", AllocateAddressRequest.class, this::allocate),
                Operation.change("AssociateAddress", AssociateAddressRequest.class, this::associate),
                Operation.change("DisassociateAddress", DisassociateAddressRequest.class, this::disassociate),
                Operation.change("ReleaseAddress", ReleaseAddressRequest.class, this::release),
                Operation.read("DescribeAddresses", DescribeAddressesRequest.class, AddressActions::describe),
                Operation.read(
                        "DescribeAddressesAttribute",
                        DescribeAddressesAttributeRequest.class,
                        AddressActions::describeAttribute));
    }

    private Object allocate(ChangeCall call, AllocateAddressRequest request) {
        RegionName region = call.snapshot().region();
        request.requirePossible(region);
        PublicIp ip = publicIps.allocate(call.work(), call.caller());
        TagSpecification.apply(call, tags, request.tagSpecification(), "elastic-ip", ip.id());
        return new AllocatedAnswer(ip.id(), ip.address(), PublicIpListing.PLACEMENT, POOL, region);
    }

    private Object associate(ChangeCall call, AssociateAddressRequest request) {
        PublicIpTarget target = new PublicIpTargetName(
                        request.instanceId(), request.networkInterfaceId(), request.privateIpAddress())
                .target();
        PublicIpId id = new PublicIpName(request.allocationId(), request.publicIp()).of(call);
        PublicIp linked = publicIps.link(
                call.work(),
                call.caller(),
                id,
                target,
                request.allowReassociation().orElse(true));
        return new AssociatedAnswer(true, linked.link().map(PublicIpLink::id).orElseThrow());
    }

    private Object disassociate(ChangeCall call, DisassociateAddressRequest request) {
        PublicIpName.requireOne(request.associationId(), Parameter.PUBLIC_IP_LINK, request.publicIp());
        request.associationId().ifPresent(id -> publicIps.unlink(call.work(), call.caller(), id));
        request.publicIp().ifPresent(address -> publicIps.unlink(call.work(), call.caller(), address));
        return Done.IT_IS;
    }

    private Object release(ChangeCall call, ReleaseAddressRequest request) {
        FixedParameter.requireOnly(
                "NetworkBorderGroup",
                request.networkBorderGroup(),
                call.snapshot().region().value(),
                "addresses are the whole Region's");
        PublicIpId id = new PublicIpName(request.allocationId(), request.publicIp()).of(call);
        publicIps.release(call.work(), call.caller(), id);
        return Done.IT_IS;
    }

    /** Clients name addresses by their ids, by themselves, or by both. */
    private static Object describe(ReadCall call, DescribeAddressesRequest request) {
        Stream<PublicIpId> byAddress = request.publicIp().stream()
                .map(address -> Visible.publicIp(call.snapshot(), call.caller(), Parameter.PUBLIC_IP_ADDRESS, address)
                        .id());
        List<PublicIpId> ids = Stream.concat(request.allocationId().stream(), byAddress)
                .distinct()
                .toList();
        return LISTING.page(
                call,
                new Ec2Listing.Asked(Parameter.PUBLIC_IP, ids, request.filter(), Optional.empty(), Optional.empty()));
    }

    private static Map<String, Object> describeAttribute(ReadCall call, DescribeAddressesAttributeRequest request) {
        FixedParameter.requireOnly("Attribute", request.attribute(), "domain-name", "domain-name is expected");
        return ATTRIBUTES.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.PUBLIC_IP,
                        request.allocationId(),
                        List.of(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static Item item(Call call, SeenPublicIp seen) {
        return new Item(
                seen.ip().id(),
                seen.ip().address(),
                PublicIpListing.PLACEMENT,
                POOL,
                seen.region(),
                seen.ofLink(PublicIpLink::id),
                seen.vm(),
                seen.ofLink(PublicIpLink::nic),
                seen.nic().map(Nic::owner),
                seen.ofLink(PublicIpLink::privateAddress),
                TagItem.of(call, seen.ip().id()));
    }
}
