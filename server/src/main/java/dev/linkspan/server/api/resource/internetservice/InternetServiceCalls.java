package dev.linkspan.server.api.resource.internetservice;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import java.util.List;
import java.util.Optional;

/** The calls on internet services. */
public final class InternetServiceCalls {

    record LinkInternetServiceRequest(
            @Required InternetServiceId internetServiceId,
            @Required NetId netId) {}

    record UnlinkInternetServiceRequest(
            @Required InternetServiceId internetServiceId,
            @Required NetId netId) {}

    record DeleteInternetServiceRequest(@Required InternetServiceId internetServiceId) {}

    record InternetServiceResponse(InternetServiceAnswer internetService) {}

    /** An internet service; without {@code NetId} and {@code State} where it is linked to no Net. */
    record InternetServiceAnswer(
            InternetServiceId internetServiceId,
            Optional<NetId> netId,
            Optional<String> state,
            List<ResourceTag> tags) {}

    private static final OapiListing<InternetService, InternetServiceAnswer> LISTING = new OapiListing<>(
            "InternetServices",
            InternetServiceAnswer.class,
            InternetServiceListing.SERVICES,
            InternetServiceCalls::answer);

    private final InternetServices services;

    public InternetServiceCalls(InternetServices services) {
        this.services = services;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "CreateInternetService",
                        Operation.Nothing.class,
                        InternetServiceResponse.class,
                        (call, _) -> create(call)),
                Operation.change(
                        "LinkInternetService", LinkInternetServiceRequest.class, Operation.Done.class, this::link),
                Operation.change(
                        "UnlinkInternetService",
                        UnlinkInternetServiceRequest.class,
                        Operation.Done.class,
                        this::unlink),
                Operation.change(
                        "DeleteInternetService",
                        DeleteInternetServiceRequest.class,
                        Operation.Done.class,
                        this::delete),
                LISTING.operation("ReadInternetServices"));
    }

    private InternetServiceResponse create(ChangeCall call) {
        return new InternetServiceResponse(answer(call, services.create(call.work(), call.caller())));
    }

    private Operation.Done link(ChangeCall call, LinkInternetServiceRequest request) {
        services.link(call.work(), call.caller(), request.internetServiceId(), request.netId());
        return new Operation.Done();
    }

    private Operation.Done unlink(ChangeCall call, UnlinkInternetServiceRequest request) {
        services.unlink(call.work(), call.caller(), request.internetServiceId(), request.netId());
        return new Operation.Done();
    }

    private Operation.Done delete(ChangeCall call, DeleteInternetServiceRequest request) {
        services.delete(call.work(), call.caller(), request.internetServiceId());
        return new Operation.Done();
    }

    private static InternetServiceAnswer answer(Call call, InternetService service) {
        return new InternetServiceAnswer(
                service.id(), service.net(), InternetServiceListing.linkState(service), call.tagsOf(service.id()));
    }
}
