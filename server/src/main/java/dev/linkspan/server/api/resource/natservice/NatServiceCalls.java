package dev.linkspan.server.api.resource.natservice;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.operation.NatServices;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.resource.natservice.NatServiceListing.SeenNatService;
import java.util.List;
import java.util.Optional;

/** The calls on NAT services. */
public final class NatServiceCalls {

    /** @param clientToken by which a call that is repeated makes no second one */
    record CreateNatServiceRequest(
            Optional<String> clientToken,
            @Required PublicIpId publicIpId,
            @Required SubnetId subnetId) {

        NewNatService service() {
            return new NewNatService(subnetId, Optional.of(publicIpId), Optional.empty(), clientToken);
        }
    }

    record DeleteNatServiceRequest(@Required NatServiceId natServiceId) {}

    record NatServiceResponse(NatServiceAnswer natService) {}

    record PublicIpLight(Ipv4 publicIp, PublicIpId publicIpId) {}

    /** A NAT service; one that is deleted has no public IPs. */
    record NatServiceAnswer(
            Optional<String> clientToken,
            NatServiceId natServiceId,
            NetId netId,
            List<PublicIpLight> publicIps,
            @OneOf({"available", "deleted"}) String state,
            SubnetId subnetId,
            List<ResourceTag> tags) {}

    private static final OapiListing<SeenNatService, NatServiceAnswer> LISTING = new OapiListing<>(
            "NatServices", NatServiceAnswer.class, NatServiceListing.SERVICES, NatServiceCalls::answer);

    private final NatServices services;

    public NatServiceCalls(NatServices services) {
        this.services = services;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateNatService", CreateNatServiceRequest.class, NatServiceResponse.class, this::create),
                Operation.change("DeleteNatService", DeleteNatServiceRequest.class, Operation.Done.class, this::delete),
                LISTING.operation("ReadNatServices"));
    }

    private NatServiceResponse create(ChangeCall call, CreateNatServiceRequest request) {
        NatService made = services.create(call.work(), call.caller(), request.service());
        return new NatServiceResponse(answer(call, SeenNatService.of(call.snapshot(), made)));
    }

    private Operation.Done delete(ChangeCall call, DeleteNatServiceRequest request) {
        services.delete(call.work(), call.caller(), request.natServiceId());
        return new Operation.Done();
    }

    private static NatServiceAnswer answer(Call call, SeenNatService seen) {
        NatService service = seen.service();
        return new NatServiceAnswer(
                service.clientToken(),
                service.id(),
                service.net(),
                seen.publicIp().stream()
                        .map(ip -> new PublicIpLight(ip.address(), ip.id()))
                        .toList(),
                service.state().label(),
                service.subnet(),
                call.tagsOf(service.id()));
    }
}
