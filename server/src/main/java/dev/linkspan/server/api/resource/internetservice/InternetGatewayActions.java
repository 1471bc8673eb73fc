package dev.linkspan.server.api.resource.internetservice;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.Tags;
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
import java.util.List;
import java.util.Optional;

/** The actions on internet gateways. */
public final class InternetGatewayActions {

    record CreateInternetGatewayRequest(List<TagSpecification> tagSpecification) {}

    record AttachInternetGatewayRequest(
            @Required InternetServiceId internetGatewayId,
            @Required NetId vpcId) {}

    record DetachInternetGatewayRequest(
            @Required InternetServiceId internetGatewayId,
            @Required NetId vpcId) {}

    record DeleteInternetGatewayRequest(@Required InternetServiceId internetGatewayId) {}

    record DescribeInternetGatewaysRequest(
            List<InternetServiceId> internetGatewayId,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {}

    record Answer(Item internetGateway) {}

    record Item(
            InternetServiceId internetGatewayId,
            AccountId ownerId,
            List<AttachmentItem> attachmentSet,
            List<TagItem> tagSet) {}

    record AttachmentItem(NetId vpcId, String state) {}

    private static final Ec2Listing<InternetService> LISTING = new Ec2Listing<>(
            "InternetGatewaySet",
            InternetServiceListing.SERVICES,
            InternetServiceListing.ID,
            InternetGatewayActions::item);

    private final InternetServices services;
    private final Tags tags;

    public InternetGatewayActions(InternetServices services, Tags tags) {
        this.services = services;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateInternetGateway", CreateInternetGatewayRequest.class, this::create),
                Operation.change("AttachInternetGateway", AttachInternetGatewayRequest.class, this::attach),
                Operation.change("DetachInternetGateway", DetachInternetGatewayRequest.class, this::detach),
                Operation.change("DeleteInternetGateway", DeleteInternetGatewayRequest.class, this::delete),
                Operation.read(
                        "DescribeInternetGateways",
                        DescribeInternetGatewaysRequest.class,
                        InternetGatewayActions::describe));
    }

    private Object create(ChangeCall call, CreateInternetGatewayRequest request) {
        InternetService service = services.create(call.work(), call.caller());
        TagSpecification.apply(call, tags, request.tagSpecification(), "internet-gateway", service.id());
        return new Answer(item(call, service));
    }

    private Object attach(ChangeCall call, AttachInternetGatewayRequest request) {
        services.link(call.work(), call.caller(), request.internetGatewayId(), request.vpcId());
        return Done.IT_IS;
    }

    private Object detach(ChangeCall call, DetachInternetGatewayRequest request) {
        services.unlink(call.work(), call.caller(), request.internetGatewayId(), request.vpcId());
        return Done.IT_IS;
    }

    private Object delete(ChangeCall call, DeleteInternetGatewayRequest request) {
        services.delete(call.work(), call.caller(), request.internetGatewayId());
        return Done.IT_IS;
    }

    private static Object describe(ReadCall call, DescribeInternetGatewaysRequest request) {
        return LISTING.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.INTERNET_SERVICE,
                        request.internetGatewayId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static Item item(Call call, InternetService service) {
        return new Item(
                service.id(),
                service.owner(),
                service.net().stream()
                        .flatMap(net -> InternetServiceListing.linkState(service).stream()
                                .map(state -> new AttachmentItem(net, state)))
                        .toList(),
                TagItem.of(call, service.id()));
    }
}
