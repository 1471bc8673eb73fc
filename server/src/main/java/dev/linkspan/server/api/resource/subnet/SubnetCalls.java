package dev.linkspan.server.api.resource.subnet;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.resource.subnet.SubnetListing.SeenSubnet;
import java.util.List;
import java.util.Optional;

/** The calls on Subnets. */
public final class SubnetCalls {

    record CreateSubnetRequest(
            @Required NetId netId, @Required Cidr ipRange, Optional<SubregionName> subregionName) {}

    record UpdateSubnetRequest(
            @Required SubnetId subnetId, @Required Boolean mapPublicIpOnLaunch) {}

    record DeleteSubnetRequest(@Required SubnetId subnetId) {}

    record SubnetResponse(SubnetAnswer subnet) {}

    record SubnetAnswer(
            SubnetId subnetId,
            NetId netId,
            Cidr ipRange,
            SubregionName subregionName,
            String state,
            long availableIpsCount,
            boolean mapPublicIpOnLaunch,
            List<ResourceTag> tags) {}

    private static final OapiListing<SeenSubnet, SubnetAnswer> LISTING = new OapiListing<>(
            "Subnets", SubnetAnswer.class, SubnetListing.SUBNETS, (call, seen) -> answer(call, seen.subnet()));

    private final Subnets subnets;

    public SubnetCalls(Subnets subnets) {
        this.subnets = subnets;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateSubnet", CreateSubnetRequest.class, SubnetResponse.class, this::create),
                Operation.change("UpdateSubnet", UpdateSubnetRequest.class, SubnetResponse.class, this::update),
                Operation.change("DeleteSubnet", DeleteSubnetRequest.class, Operation.Done.class, this::delete),
                LISTING.operation("ReadSubnets"));
    }

    private SubnetResponse create(ChangeCall call, CreateSubnetRequest request) {
        Subnet subnet =
                subnets.create(call.work(), call.caller(), request.netId(), request.ipRange(), request.subregionName());
        return new SubnetResponse(answer(call, subnet));
    }

    private SubnetResponse update(ChangeCall call, UpdateSubnetRequest request) {
        Subnet subnet = subnets.update(call.work(), call.caller(), request.subnetId(), request.mapPublicIpOnLaunch());
        return new SubnetResponse(answer(call, subnet));
    }

    private Operation.Done delete(ChangeCall call, DeleteSubnetRequest request) {
        subnets.delete(call.work(), call.caller(), request.subnetId());
        return new Operation.Done();
    }

    private static SubnetAnswer answer(Call call, Subnet subnet) {
        return new SubnetAnswer(
                subnet.id(),
                subnet.net(),
                subnet.range(),
                subnet.subregion(),
                SubnetListing.STATE,
                Subnets.availableAddresses(call.snapshot(), subnet),
                subnet.mapPublicIpOnLaunch(),
                call.tagsOf(subnet.id()));
    }
}
