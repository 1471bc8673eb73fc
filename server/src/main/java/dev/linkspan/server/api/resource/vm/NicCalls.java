package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.operation.NicAddresses;
import dev.linkspan.core.operation.Nics;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.resource.vm.NicAnswers.LinkNicResponse;
import dev.linkspan.server.api.resource.vm.NicAnswers.NicAnswer;
import dev.linkspan.server.api.resource.vm.NicAnswers.NicResponse;
import dev.linkspan.server.api.resource.vm.VmRequests.PrivateIpLight;
import java.util.List;
import java.util.Optional;

/** The calls on NICs and their addresses. */
public final class NicCalls {

    record CreateNicRequest(
            Optional<String> description,
            List<PrivateIpLight> privateIps,
            List<SecurityGroupId> securityGroupIds,
            @Required SubnetId subnetId) {

        NewNic nic() {
            return new NewNic(
                    subnetId,
                    OrderedAddress.choice(
                            privateIps.stream().map(PrivateIpLight::ordered).toList(), Optional.empty()),
                    securityGroupIds,
                    List.of(),
                    description.orElse(""));
        }
    }

    record UpdateNicRequest(
            Optional<String> description,
            Optional<LinkNicToUpdate> linkNic,
            @Required NicId nicId,
            List<SecurityGroupId> securityGroupIds) {

        NicChange change() {
            return new NicChange(
                    description,
                    securityGroupIds.isEmpty() ? Optional.empty() : Optional.of(securityGroupIds),
                    Optional.empty(),
                    linkNic.map(LinkNicToUpdate::change));
        }
    }

    record LinkNicToUpdate(Optional<Boolean> deleteOnVmDeletion, Optional<NicLinkId> linkNicId) {

        private NicChange.LinkChange change() {
            if (linkNicId.isEmpty() || deleteOnVmDeletion.isEmpty()) {
                throw new Refusal(
                        RefusalCode.MISSING_PARAMETER, "LinkNic needs both LinkNicId and DeleteOnVmDeletion.");
            }
            return new NicChange.LinkChange(linkNicId.get(), deleteOnVmDeletion.get());
        }
    }

    record LinkNicRequest(
            @Required int deviceNumber,
            @Required NicId nicId,
            @Required VmId vmId) {}

    record UnlinkNicRequest(@Required NicLinkId linkNicId) {}

    record DeleteNicRequest(@Required NicId nicId) {}

    record LinkPrivateIpsRequest(
            Optional<Boolean> allowRelink,
            @Required NicId nicId,
            List<Ipv4> privateIps,
            Optional<Integer> secondaryPrivateIpCount) {}

    record UnlinkPrivateIpsRequest(
            @Required NicId nicId, @Required List<Ipv4> privateIps) {}

    private static final OapiListing<DescribedNic, NicAnswer> LISTING =
            new OapiListing<>("Nics", NicAnswer.class, NicListing.NICS, NicAnswers::answer);

    private final Nics nics;
    private final NicAddresses addresses;

    public NicCalls(Nics nics, NicAddresses addresses) {
        this.nics = nics;
        this.addresses = addresses;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateNic", CreateNicRequest.class, NicResponse.class, this::create),
                LISTING.operation("ReadNics"),
                Operation.change("UpdateNic", UpdateNicRequest.class, NicResponse.class, this::update),
                Operation.change("LinkNic", LinkNicRequest.class, LinkNicResponse.class, this::link),
                Operation.change("UnlinkNic", UnlinkNicRequest.class, Operation.Done.class, this::unlink),
                Operation.change("DeleteNic", DeleteNicRequest.class, Operation.Done.class, this::delete),
                Operation.change(
                        "LinkPrivateIps", LinkPrivateIpsRequest.class, Operation.Done.class, this::linkPrivateIps),
                Operation.change(
                        "UnlinkPrivateIps",
                        UnlinkPrivateIpsRequest.class,
                        Operation.Done.class,
                        this::unlinkPrivateIps));
    }

    private NicResponse create(ChangeCall call, CreateNicRequest request) {
        return answer(call, nics.create(call.work(), call.caller(), request.nic()));
    }

    private NicResponse update(ChangeCall call, UpdateNicRequest request) {
        return answer(call, nics.update(call.work(), call.caller(), request.nicId(), request.change()));
    }

    private LinkNicResponse link(ChangeCall call, LinkNicRequest request) {
        Nic nic = nics.link(call.work(), call.caller(), request.nicId(), request.vmId(), request.deviceNumber());
        return new LinkNicResponse(nic.link().orElseThrow().id());
    }

    private Operation.Done unlink(ChangeCall call, UnlinkNicRequest request) {
        nics.unlink(call.work(), call.caller(), request.linkNicId());
        return new Operation.Done();
    }

    private Operation.Done delete(ChangeCall call, DeleteNicRequest request) {
        nics.delete(call.work(), call.caller(), request.nicId());
        return new Operation.Done();
    }

    /** With neither addresses nor a number of them, it is one that is given. */
    private Operation.Done linkPrivateIps(ChangeCall call, LinkPrivateIpsRequest request) {
        if (request.privateIps().isEmpty()) {
            addresses.linkAny(
                    call.work(),
                    call.caller(),
                    request.nicId(),
                    request.secondaryPrivateIpCount().orElse(1));
            return new Operation.Done();
        }
        if (request.secondaryPrivateIpCount().isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION, "PrivateIps and SecondaryPrivateIpCount exclude each other.");
        }
        addresses.link(
                call.work(),
                call.caller(),
                request.nicId(),
                request.privateIps(),
                request.allowRelink().orElse(false));
        return new Operation.Done();
    }

    private Operation.Done unlinkPrivateIps(ChangeCall call, UnlinkPrivateIpsRequest request) {
        addresses.unlink(call.work(), call.caller(), request.nicId(), request.privateIps());
        return new Operation.Done();
    }

    private static NicResponse answer(ChangeCall call, Nic nic) {
        return new NicResponse(NicAnswers.answer(call, DescribedNic.of(call.snapshot(), nic)));
    }
}
