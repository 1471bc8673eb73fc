package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.InstanceItem.State;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.machine.SeenVm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The actions that tell how instances are. */
public final class InstanceStatusActions {

    record DescribeInstanceStatusRequest(
            List<VmId> instanceId,
            List<Filter> filter,
            Optional<Boolean> includeAllInstances,
            Optional<Integer> maxResults,
            Optional<String> nextToken,
            Optional<Boolean> includeManagedResources) {

        /** Only those that run, unless all are asked for. */
        Ec2Listing.Asked asked() {
            Filter running = new Filter("instance-state-name", List.of(VmState.RUNNING.label()));
            List<Filter> filters = includeAllInstances.orElse(false)
                    ? filter
                    : Stream.concat(filter.stream(), Stream.of(running)).toList();
            return new Ec2Listing.Asked(Parameter.VM, instanceId, filters, maxResults, nextToken);
        }
    }

    record DescribeInstanceCreditSpecificationsRequest(
            List<VmId> instanceId, List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {}

    record StatusItem(
            VmId instanceId,
            SubregionName availabilityZone,
            String availabilityZoneId,
            State instanceState,
            Summary instanceStatus,
            Summary systemStatus,
            List<String> eventsSet) {

        static StatusItem of(Known known) {
            Vm vm = known.vm();
            return new StatusItem(
                    vm.id(),
                    vm.subregion(),
                    vm.subregion().value(),
                    State.of(vm.state()),
                    known.summary(),
                    known.summary(),
                    List.of());
        }
    }

    record Summary(String status, List<Detail> details) {

        static Summary reachability(String status, String reachability) {
            return new Summary(status, List.of(new Detail("reachability", reachability)));
        }

        Optional<String> reachability() {
            return details.stream().map(Detail::status).findFirst();
        }
    }

    record Detail(String name, String status) {}

    record CreditItem(VmId instanceId, String cpuCredits) {}

    /** An instance, and whether its zone has failed, which is all that keeps a running one from being reached. */
    record Known(Vm vm, boolean zoneFailed) {

        Summary summary() {
            if (vm.state() != VmState.RUNNING) {
                return new Summary("not-applicable", List.of());
            }
            return zoneFailed ? Summary.reachability("impaired", "failed") : Summary.reachability("ok", "passed");
        }
    }

    private static final Ec2Filters<Known> FILTERS = InstanceFilters.ofState(Ec2Filters.of(), Known::vm)
            .with("instance-status.status", known -> known.summary().status())
            .with("instance-status.reachability", known -> known.summary().reachability())
            .with("system-status.status", known -> known.summary().status())
            .with("system-status.reachability", known -> known.summary().reachability())
            .absent(
                    "event.code",
                    "event.description",
                    "event.instance-event-id",
                    "event.not-after",
                    "event.not-before",
                    "event.not-before-deadline");

    private static final Ec2Listing<Known> STATUSES = new Ec2Listing<>(
            "InstanceStatusSet",
            Ec2Listing.all(InstanceStatusActions::known, known -> position(known.vm())),
            Map.of(),
            known -> position(known.vm()),
            known -> known.vm().id(),
            FILTERS,
            (_, known) -> StatusItem.of(known));

    private static final Ec2Listing<Vm> CREDITS = new Ec2Listing<>(
            "InstanceCreditSpecificationSet",
            Ec2Listing.all(InstanceStatusActions::existing, InstanceStatusActions::position),
            Map.of("instance-id", "VmIds"),
            InstanceStatusActions::position,
            Vm::id,
            Ec2Filters.<Vm>of().with("instance-id", Vm::id),
            (_, vm) -> new CreditItem(vm.id(), InstanceOptions.CPU_CREDITS));

    public List<Operation> operations() {
        return List.of(
                Operation.read(
                        "DescribeInstanceStatus",
                        DescribeInstanceStatusRequest.class,
                        (call, request) -> STATUSES.page(call, request.asked())),
                Operation.read(
                        "DescribeInstanceCreditSpecifications",
                        DescribeInstanceCreditSpecificationsRequest.class,
                        InstanceStatusActions::credits));
    }

    private static Object credits(ReadCall call, DescribeInstanceCreditSpecificationsRequest request) {
        return CREDITS.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.VM,
                        request.instanceId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static List<Known> known(ReadCall call, FilterArguments filters) {
        Set<SubregionName> failed = call.snapshot().subregions().failed();
        return SeenVm.visible(call, filters).stream()
                .map(vm -> new Known(vm, failed.contains(vm.subregion())))
                .toList();
    }

    private static List<Vm> existing(ReadCall call, FilterArguments filters) {
        return SeenVm.visible(call, filters).stream().filter(Vm::exists).toList();
    }

    private static Position position(Vm vm) {
        return Position.byCreation(vm.createdAt(), vm.id());
    }
}
