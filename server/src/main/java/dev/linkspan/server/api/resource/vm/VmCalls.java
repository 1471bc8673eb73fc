package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmTransition;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.operation.Volumes;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.oapi.OapiListing;
import dev.linkspan.server.api.resource.vm.VmAnswers.VmAnswer;
import dev.linkspan.server.api.resource.vm.VmAnswers.VmResponse;
import dev.linkspan.server.api.resource.vm.VmAnswers.VmStateAnswer;
import dev.linkspan.server.api.resource.vm.VmAnswers.VmStatesResponse;
import dev.linkspan.server.api.resource.vm.VmAnswers.VmStatusAnswer;
import dev.linkspan.server.api.resource.vm.VmAnswers.VmsResponse;
import dev.linkspan.server.api.resource.vm.VmRequests.CreateVmsRequest;
import dev.linkspan.server.api.resource.vm.VmRequests.ReadVmsStateRequest;
import dev.linkspan.server.api.resource.vm.VmRequests.StopVmsRequest;
import dev.linkspan.server.api.resource.vm.VmRequests.UpdateVmRequest;
import dev.linkspan.server.api.resource.vm.VmRequests.VmsRequest;
import dev.linkspan.server.api.resource.vm.VmStatusListing.SeenStatus;
import java.util.List;
import java.util.Map;

/** The calls on VMs. */
public final class VmCalls {

    private static final OapiListing<DescribedVm, VmAnswer> VMS =
            new OapiListing<>("Vms", VmAnswer.class, VmListing.VMS, VmAnswers::answer);

    private static final OapiListing<SeenStatus, VmStatusAnswer> STATES = states(VmStatusListing.STATUSES);

    private static final OapiListing<SeenStatus, VmStatusAnswer> RUNNING_STATES = states(VmStatusListing.OF_RUNNING);

    private static OapiListing<SeenStatus, VmStatusAnswer> states(Listing<SeenStatus> listing) {
        return new OapiListing<>("VmStates", VmStatusAnswer.class, listing, (_, seen) -> VmStatusAnswer.of(seen.vm()));
    }

    private final Vms vms;

    public VmCalls(Vms vms) {
        this.vms = vms;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateVms", CreateVmsRequest.class, VmsResponse.class, this::create),
                VMS.operation("ReadVms"),
                Operation.list("ReadVmsState", ReadVmsStateRequest.class, STATES.items(), VmCalls::readStates),
                Operation.change("StartVms", VmsRequest.class, VmStatesResponse.class, this::start),
                Operation.change("StopVms", StopVmsRequest.class, VmStatesResponse.class, this::stop),
                Operation.change("RebootVms", VmsRequest.class, Operation.Done.class, this::reboot),
                Operation.change("UpdateVm", UpdateVmRequest.class, VmResponse.class, this::update),
                Operation.change("DeleteVms", VmsRequest.class, VmStatesResponse.class, this::delete));
    }

    private VmsResponse create(ChangeCall call, CreateVmsRequest request) {
        vms.requireImage(request.imageId());
        List<Vm> made = vms.create(call.work(), call.caller(), request.order());
        return new VmsResponse(DescribedVm.of(call.snapshot(), made).stream()
                .map(seen -> VmAnswers.answer(call, seen))
                .toList());
    }

    private VmStatesResponse start(ChangeCall call, VmsRequest request) {
        return states(vms.start(call.work(), call.caller(), request.vmIds()));
    }

    private VmStatesResponse stop(ChangeCall call, StopVmsRequest request) {
        return states(vms.stop(call.work(), call.caller(), request.vmIds()));
    }

    private Operation.Done reboot(ChangeCall call, VmsRequest request) {
        vms.reboot(call.work(), call.caller(), request.vmIds());
        return new Operation.Done();
    }

    private VmResponse update(ChangeCall call, UpdateVmRequest request) {
        Vm vm = vms.update(call.work(), call.caller(), request.vmId(), request.change());
        Volumes.keep(call.work(), call.caller(), vm.id(), request.deletedWithVm());
        return new VmResponse(VmAnswers.answer(call, DescribedVm.of(call.snapshot(), vm)));
    }

    private VmStatesResponse delete(ChangeCall call, VmsRequest request) {
        return states(vms.delete(call.work(), call.caller(), request.vmIds()));
    }

    private static VmStatesResponse states(List<VmTransition> transitions) {
        return new VmStatesResponse(transitions.stream().map(VmStateAnswer::of).toList());
    }

    private static Map<String, Object> readStates(ReadCall call, ReadVmsStateRequest request) {
        OapiListing<SeenStatus, VmStatusAnswer> listing = request.allVms().orElse(false) ? STATES : RUNNING_STATES;
        return listing.page(call, request.listing());
    }
}
