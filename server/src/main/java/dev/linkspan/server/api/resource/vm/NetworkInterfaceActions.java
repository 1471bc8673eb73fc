package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.AssignPrivateIpAddressesRequest;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.AttachNetworkInterfaceRequest;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.CreateNetworkInterfaceRequest;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.DeleteNetworkInterfaceRequest;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.DescribeNetworkInterfacesRequest;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.DetachNetworkInterfaceRequest;
import dev.linkspan.server.api.resource.vm.NetworkInterfaceRequests.UnassignPrivateIpAddressesRequest;
import java.util.List;

/** The actions on network interfaces and their addresses: NICs. */
public final class NetworkInterfaceActions {

    static final String TYPE = "network-interface";

    record Answer(NetworkInterfaceItem networkInterface) {}

    record AttachedAnswer(NicLinkId attachmentId, int networkCardIndex) {}

    record AssignedAnswer(NicId networkInterfaceId, List<AssignedAddress> assignedPrivateIpAddressesSet) {}

    record AssignedAddress(Ipv4 privateIpAddress) {}

    private static final Ec2Listing<DescribedNic> LISTING = new Ec2Listing<>(
            "NetworkInterfaceSet", NicListing.NETWORK_INTERFACES, NicListing.ID, NetworkInterfaceItem::of);

    private final Nics nics;
    private final NicAddresses addresses;
    private final Tags tags;

    public NetworkInterfaceActions(Nics nics, NicAddresses addresses, Tags tags) {
        this.nics = nics;
        this.addresses = addresses;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateNetworkInterface", CreateNetworkInterfaceRequest.class, this::create),
                Operation.read(
                        "DescribeNetworkInterfaces",
                        DescribeNetworkInterfacesRequest.class,
                        (call, request) -> LISTING.page(call, request.asked())),
                Operation.change("AttachNetworkInterface", AttachNetworkInterfaceRequest.class, this::attach),
                Operation.change("DetachNetworkInterface", DetachNetworkInterfaceRequest.class, this::detach),
                Operation.change("DeleteNetworkInterface", DeleteNetworkInterfaceRequest.class, this::delete),
                Operation.change("AssignPrivateIpAddresses", AssignPrivateIpAddressesRequest.class, this::assign),
                Operation.change(
                        "UnassignPrivateIpAddresses", UnassignPrivateIpAddressesRequest.class, this::unassign));
    }

    private Object create(ChangeCall call, CreateNetworkInterfaceRequest request) {
        Nic nic = nics.create(call.work(), call.caller(), request.nic());
        TagSpecification.apply(call, tags, request.tagSpecification(), TYPE, nic.id());
        return new Answer(NetworkInterfaceItem.of(call, DescribedNic.of(call.snapshot(), nic)));
    }

    private Object attach(ChangeCall call, AttachNetworkInterfaceRequest request) {
        NetworkInterfaceRequests.requireOnlyCard(request.networkCardIndex());
        Nic nic = nics.link(
                call.work(), call.caller(), request.networkInterfaceId(), request.instanceId(), request.deviceIndex());
        return new AttachedAnswer(
                DescribedNic.of(call.snapshot(), nic).requireLink().id(), 0);
    }

    private Object detach(ChangeCall call, DetachNetworkInterfaceRequest request) {
        nics.unlink(call.work(), call.caller(), request.attachmentId());
        return Done.IT_IS;
    }

    private Object delete(ChangeCall call, DeleteNetworkInterfaceRequest request) {
        nics.delete(call.work(), call.caller(), request.networkInterfaceId());
        return Done.IT_IS;
    }

    private Object assign(ChangeCall call, AssignPrivateIpAddressesRequest request) {
        List<Ipv4> assigned = assigned(call, request);
        return new AssignedAnswer(
                request.networkInterfaceId(),
                assigned.stream().map(AssignedAddress::new).toList());
    }

    /** The addresses that were named, or those that came to the others. */
    private List<Ipv4> assigned(ChangeCall call, AssignPrivateIpAddressesRequest request) {
        NicId id = request.networkInterfaceId();
        if (request.privateIpAddress().isEmpty()) {
            int count = request.secondaryPrivateIpAddressCount()
                    .orElseThrow(() -> new Refusal(
                            RefusalCode.MISSING_PARAMETER,
                            "A PrivateIpAddress or the SecondaryPrivateIpAddressCount is required."));
            List<Ipv4> before = Visible.nic(call.snapshot(), call.caller(), Parameter.NIC, id)
                    .addresses();
            Nic after = addresses.linkAny(call.work(), call.caller(), id, count);
            return after.addresses().stream()
                    .filter(address -> !before.contains(address))
                    .toList();
        }
        if (request.secondaryPrivateIpAddressCount().isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "PrivateIpAddress and SecondaryPrivateIpAddressCount exclude each other.");
        }
        boolean relink = request.allowReassignment().orElse(false);
        addresses.link(call.work(), call.caller(), id, request.privateIpAddress(), relink);
        return request.privateIpAddress();
    }

    private Object unassign(ChangeCall call, UnassignPrivateIpAddressesRequest request) {
        addresses.unlink(call.work(), call.caller(), request.networkInterfaceId(), request.privateIpAddress());
        return Done.IT_IS;
    }
}
