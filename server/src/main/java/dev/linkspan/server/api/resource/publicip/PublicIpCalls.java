package dev.linkspan.server.api.resource.publicip;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.AnswerShape;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.oapi.ListRequest;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.oapi.Paging;
import dev.linkspan.server.api.resource.publicip.PublicIpListing.SeenPublicIp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls on public IPs. */
public final class PublicIpCalls {

    /** @param allowRelink false, in a Net, where it is not given */
    record LinkPublicIpRequest(
            Optional<Boolean> allowRelink,
            Optional<NicId> nicId,
            Optional<Ipv4> privateIp,
            Optional<Ipv4> publicIp,
            Optional<PublicIpId> publicIpId,
            Optional<VmId> vmId) {}

    record UnlinkPublicIpRequest(Optional<PublicIpLinkId> linkPublicIpId, Optional<Ipv4> publicIp) {}

    record DeletePublicIpRequest(Optional<Ipv4> publicIp, Optional<PublicIpId> publicIpId) {}

    record ReadPublicIpRangesRequest(Optional<String> nextPageToken, Optional<Integer> resultsPerPage) {

        private ListRequest list() {
            return new ListRequest(Optional.empty(), nextPageToken, resultsPerPage);
        }
    }

    record PublicIpResponse(PublicIpAnswer publicIp) {}

    record LinkPublicIpResponse(PublicIpLinkId linkPublicIpId) {}

    /** A public IP; without what only a linked one has. */
    record PublicIpAnswer(
            Optional<PublicIpLinkId> linkPublicIpId,
            Optional<AccountId> nicAccountId,
            Optional<NicId> nicId,
            Optional<Ipv4> privateIp,
            Ipv4 publicIp,
            PublicIpId publicIpId,
            List<ResourceTag> tags,
            Optional<VmId> vmId) {}

    private static final String RANGES = "PublicIps";

    private static final OapiListing<SeenPublicIp, PublicIpAnswer> LISTING =
            new OapiListing<>("PublicIps", PublicIpAnswer.class, PublicIpListing.PUBLIC_IPS, PublicIpCalls::answer);

    private final PublicIps publicIps;

    public PublicIpCalls(PublicIps publicIps) {
        this.publicIps = publicIps;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreatePublicIp", Operation.Nothing.class, PublicIpResponse.class, (call, _) -> create(call)),
                Operation.change("LinkPublicIp", LinkPublicIpRequest.class, LinkPublicIpResponse.class, this::link),
                Operation.change("UnlinkPublicIp", UnlinkPublicIpRequest.class, Operation.Done.class, this::unlink),
                Operation.change("DeletePublicIp", DeletePublicIpRequest.class, Operation.Done.class, this::delete),
                LISTING.operation("ReadPublicIps"),
                Operation.list(
                        "ReadPublicIpRanges",
                        ReadPublicIpRangesRequest.class,
                        new AnswerShape.Items(RANGES, Cidr.class, Map.of()),
                        this::ranges));
    }

    private PublicIpResponse create(ChangeCall call) {
        PublicIp ip = publicIps.allocate(call.work(), call.caller());
        return new PublicIpResponse(answer(call, SeenPublicIp.of(call.snapshot(), ip)));
    }

    private LinkPublicIpResponse link(ChangeCall call, LinkPublicIpRequest request) {
        PublicIpTargetName target = new PublicIpTargetName(request.vmId(), request.nicId(), request.privateIp());
        var wanted = target.target();
        PublicIpId id = new PublicIpName(request.publicIpId(), request.publicIp()).of(call);
        PublicIp linked = publicIps.link(
                call.work(), call.caller(), id, wanted, request.allowRelink().orElse(false));
        return new LinkPublicIpResponse(linked.link().map(PublicIpLink::id).orElseThrow());
    }

    private Operation.Done unlink(ChangeCall call, UnlinkPublicIpRequest request) {
        PublicIpName.requireOne(request.linkPublicIpId(), Parameter.PUBLIC_IP_LINK, request.publicIp());
        request.linkPublicIpId().ifPresent(id -> publicIps.unlink(call.work(), call.caller(), id));
        request.publicIp().ifPresent(address -> publicIps.unlink(call.work(), call.caller(), address));
        return new Operation.Done();
    }

    private Operation.Done delete(ChangeCall call, DeletePublicIpRequest request) {
        PublicIpId id = new PublicIpName(request.publicIpId(), request.publicIp()).of(call);
        publicIps.release(call.work(), call.caller(), id);
        return new Operation.Done();
    }

    private Map<String, Object> ranges(ReadCall call, ReadPublicIpRangesRequest request) {
        List<Cidr> ranges = publicIps.pools().of(call.snapshot().region()).map(PublicIpPool::range).stream()
                .toList();
        return Paging.page(RANGES, request.list(), ranges, range -> Position.byName(range.toString()), Cidr::toString);
    }

    private static PublicIpAnswer answer(Call call, SeenPublicIp seen) {
        return new PublicIpAnswer(
                seen.ofLink(PublicIpLink::id),
                seen.nic().map(Nic::owner),
                seen.ofLink(PublicIpLink::nic),
                seen.ofLink(PublicIpLink::privateAddress),
                seen.ip().address(),
                seen.ip().id(),
                call.tagsOf(seen.ip().id()),
                seen.vm());
    }
}
