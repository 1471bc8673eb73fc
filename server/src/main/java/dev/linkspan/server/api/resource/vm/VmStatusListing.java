package dev.linkspan.server.api.resource.vm;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.ZoneIds;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the states of VMs are listed: of the caller's own. */
final class VmStatusListing {

    /** A VM, and whether its Subregion has failed, which is all that keeps a running one from being reached. */
    record SeenStatus(Vm vm, boolean subregionFailed) {

        boolean isRunning() {
            return vm.state() == VmState.RUNNING;
        }

        /** In EC2's words. */
        String status() {
            if (!isRunning()) {
                return "not-applicable";
            }
            return subregionFailed ? "impaired" : "ok";
        }

        /** In EC2's words; of a running one alone. */
        Optional<String> reachability() {
            return isRunning() ? Optional.of(subregionFailed ? "failed" : "passed") : Optional.empty();
        }
    }

    /** EC2's clients name VMs beside the filters. */
    static final Field<SeenStatus, VmId> ID =
            Field.checkedId(outscale("VmIds"), VmId.KIND, seen -> seen.vm().id());

    private static final Fields<SeenStatus> FIELDS = Fields.<SeenStatus>of()
            .with(ID)
            .text(both("SubregionNames", "availability-zone"), seen -> seen.vm().subregion())
            .text(ec2("availability-zone-id"), seen -> ZoneIds.of(seen.vm().subregion()))
            .text(
                    both("VmStates", "instance-state-name"),
                    seen -> seen.vm().state().label())
            .number(ec2("instance-state-code"), seen -> seen.vm().state().code())
            .text(ec2("instance-status.status", "system-status.status"), SeenStatus::status)
            .text(ec2("instance-status.reachability", "system-status.reachability"), SeenStatus::reachability)
            .flag(ec2("operator.managed"), _ -> false)
            .date(both("MaintenanceEventsNotAfter", "event.not-after"), _ -> List.of())
            .date(both("MaintenanceEventsNotBefore", "event.not-before"), _ -> List.of())
            .absent(
                    both("MaintenanceEventCodes", "event.code"),
                    both("MaintenanceEventDescriptions", "event.description"),
                    ec2("event.instance-event-id", "event.not-before-deadline"),
                    ec2("attached-ebs-status.status", "operator.principal"));

    static final Listing<SeenStatus> STATUSES = Listing.whole(
            FIELDS,
            VmStatusListing::candidates,
            seen -> Position.byCreation(seen.vm().createdAt(), seen.vm().id()));

    static final Listing<SeenStatus> OF_RUNNING = Listing.whole(
            FIELDS,
            (call, criteria) -> candidates(call, criteria).stream()
                    .filter(SeenStatus::isRunning)
                    .toList(),
            STATUSES.position());

    private VmStatusListing() {}

    private static List<SeenStatus> candidates(ReadCall call, Criteria<SeenStatus> criteria) {
        Set<SubregionName> failed = call.snapshot().silentSubregions();
        return DescribedVm.visible(call, criteria.named(ID)).stream()
                .map(vm -> new SeenStatus(vm, failed.contains(vm.subregion())))
                .toList();
    }
}
