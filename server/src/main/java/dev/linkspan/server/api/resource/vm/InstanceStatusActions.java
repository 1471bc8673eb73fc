package dev.linkspan.server.api.resource.vm;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.catalogue.VmTypes;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.resource.vm.InstanceItem.State;
import dev.linkspan.server.api.resource.vm.VmStatusListing.SeenStatus;
import java.util.List;
import java.util.Optional;
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

        static StatusItem of(SeenStatus seen) {
            Vm vm = seen.vm();
            Summary summary = Summary.of(seen);
            return new StatusItem(
                    vm.id(),
                    vm.subregion(),
                    ZoneIds.of(vm.subregion()),
                    State.of(vm.state()),
                    summary,
                    summary,
                    List.of());
        }
    }

    record Summary(String status, List<Detail> details) {

        static Summary of(SeenStatus seen) {
            return new Summary(
                    seen.status(),
                    seen.reachability().stream()
                            .map(status -> new Detail("reachability", status))
                            .toList());
        }
    }

    record Detail(String name, String status) {}

    record CreditItem(VmId instanceId, String cpuCredits) {}

    private static final Ec2Listing<SeenStatus> STATUSES = new Ec2Listing<>(
            "InstanceStatusSet", VmStatusListing.STATUSES, VmStatusListing.ID, (_, seen) -> StatusItem.of(seen));

    private static final Field<Vm, VmId> ID = Field.id(ec2("instance-id"), VmId.KIND, Vm::id);

    private static final Ec2Listing<Vm> CREDITS = new Ec2Listing<>(
            "InstanceCreditSpecificationSet",
            Listing.whole(
                    Fields.<Vm>of().with(ID),
                    InstanceStatusActions::existing,
                    vm -> Position.byCreation(vm.createdAt(), vm.id())),
            ID,
            (_, vm) -> new CreditItem(vm.id(), credits(vm)));

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

    /** Those that were chosen, else those that the type is sold with. */
    private static String credits(Vm vm) {
        return vm.options()
                .cpuCredits()
                .orElseGet(() -> VmTypes.find(vm.settings().type())
                        .filter(type -> type.burstable() && !type.unlimitedByDefault())
                        .map(_ -> "standard")
                        .orElse("unlimited"));
    }

    private static List<Vm> existing(ReadCall call, Criteria<Vm> criteria) {
        return DescribedVm.visible(call, criteria.named(ID)).stream()
                .filter(Vm::exists)
                .toList();
    }
}
