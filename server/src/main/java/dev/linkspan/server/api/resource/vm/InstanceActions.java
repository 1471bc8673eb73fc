package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmTransition;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.VmOrder;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.vm.InstanceItem.Reservation;
import dev.linkspan.server.api.resource.vm.InstanceItem.StateChange;
import dev.linkspan.server.api.resource.vm.InstanceOptions.ChosenTemplate;
import dev.linkspan.server.api.resource.vm.InstanceRequests.DescribeInstancesRequest;
import dev.linkspan.server.api.resource.vm.InstanceRequests.RebootInstancesRequest;
import dev.linkspan.server.api.resource.vm.InstanceRequests.RunInstancesRequest;
import dev.linkspan.server.api.resource.vm.InstanceRequests.StartInstancesRequest;
import dev.linkspan.server.api.resource.vm.InstanceRequests.StopInstancesRequest;
import dev.linkspan.server.api.resource.vm.InstanceRequests.TerminateInstancesRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions on the life of instances: VMs. */
public final class InstanceActions {

    private static final String TYPE = "instance";

    private static final String VOLUME = "volume";

    /** What RunInstances makes. */
    private static final List<String> TAGGED_TYPES = List.of(TYPE, NetworkInterfaceActions.TYPE, VOLUME);

    record StatesAnswer(List<StateChange> instancesSet) {

        static StatesAnswer of(List<VmTransition> transitions) {
            return new StatesAnswer(transitions.stream().map(StateChange::of).toList());
        }
    }

    private final Vms vms;
    private final Tags tags;

    public InstanceActions(Vms vms, Tags tags) {
        this.vms = vms;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("RunInstances", RunInstancesRequest.class, this::run),
                Operation.read("DescribeInstances", DescribeInstancesRequest.class, InstanceActions::describe),
                Operation.change("StartInstances", StartInstancesRequest.class, this::start),
                Operation.change("StopInstances", StopInstancesRequest.class, this::stop),
                Operation.change("RebootInstances", RebootInstancesRequest.class, this::reboot),
                Operation.change("TerminateInstances", TerminateInstancesRequest.class, this::terminate));
    }

    /** An order that is repeated is answered as it was, and tags nothing anew. */
    private Object run(ChangeCall call, RunInstancesRequest asked) {
        Optional<ChosenTemplate> template =
                asked.launchTemplate().map(named -> named.chosenBy(call.snapshot(), call.caller()));
        RunInstancesRequest request =
                template.map(chosen -> asked.over(chosen.data())).orElse(asked);
        VmOrder order = request.order(
                call.caller(),
                call.snapshot().region(),
                zone -> DefaultNets.requireSubnet(call.snapshot(), call.caller(), zone)
                        .id());
        Map<String, Map<String, String>> values = TagSpecification.byType(request.tagSpecification(), TAGGED_TYPES);
        List<Vm> instances = vms.madeBefore(call.snapshot(), call.caller(), order);
        if (instances.isEmpty()) {
            instances = vms.create(call.work(), call.caller(), order);
            tag(call, order, instances, values);
            List<VmId> made = instances.stream().map(Vm::id).toList();
            template.ifPresent(chosen -> tags.create(call.work(), call.caller(), made, chosen.tags()));
        }
        return Reservation.of(call, DescribedVm.of(call.snapshot(), instances)).getFirst();
    }

    /** Interfaces that were there before have the tags that they have. */
    private void tag(ChangeCall call, VmOrder order, List<Vm> made, Map<String, Map<String, String>> values) {
        Map<String, String> ofInstances = values.getOrDefault(TYPE, Map.of());
        if (!ofInstances.isEmpty()) {
            tags.create(call.work(), call.caller(), made.stream().map(Vm::id).toList(), ofInstances);
        }
        Map<String, String> ofNics = values.getOrDefault(NetworkInterfaceActions.TYPE, Map.of());
        if (!ofNics.isEmpty()) {
            made.forEach(vm -> tags.create(call.work(), call.caller(), madeNics(call, order, vm), ofNics));
        }
        Map<String, String> ofVolumes = values.getOrDefault(VOLUME, Map.of());
        if (!ofVolumes.isEmpty()) {
            made.forEach(vm -> tags.create(
                    call.work(),
                    call.caller(),
                    call.snapshot().volumes().ofVm(vm.id()).stream()
                            .map(Volume::id)
                            .toList(),
                    ofVolumes));
        }
    }

    private static List<NicId> madeNics(ChangeCall call, VmOrder order, Vm vm) {
        List<NicId> existing = order.nics().stream()
                .filter(VmNic.Existing.class::isInstance)
                .map(nic -> ((VmNic.Existing) nic).id())
                .toList();
        return call.snapshot().nics().ofVm(vm.id()).stream()
                .map(Nic::id)
                .filter(id -> !existing.contains(id))
                .toList();
    }

    private static Object describe(ReadCall call, DescribeInstancesRequest request) {
        Ec2Listing<DescribedVm> listing = listing(call);
        Listing.Page<DescribedVm> page = listing.cut(call, request.asked());
        return listing.body(page, Reservation.of(page.call(), page.items()));
    }

    private static Ec2Listing<DescribedVm> listing(ReadCall call) {
        return new Ec2Listing<>("ReservationSet", VmListing.byReservation(call), VmListing.ID, InstanceItem::of);
    }

    private Object start(ChangeCall call, StartInstancesRequest request) {
        return StatesAnswer.of(vms.start(call.work(), call.caller(), request.instanceId()));
    }

    private Object stop(ChangeCall call, StopInstancesRequest request) {
        request.requirePossible();
        return StatesAnswer.of(vms.stop(call.work(), call.caller(), request.instanceId()));
    }

    private Object reboot(ChangeCall call, RebootInstancesRequest request) {
        vms.reboot(call.work(), call.caller(), request.instanceId());
        return Done.IT_IS;
    }

    private Object terminate(ChangeCall call, TerminateInstancesRequest request) {
        return StatesAnswer.of(vms.delete(call.work(), call.caller(), request.instanceId()));
    }
}
