package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.operation.Subnets;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.FilterArguments;
import java.util.List;

/** A Subnet with what its free addresses are counted from. */
public record SeenSubnet(Subnet subnet, Snapshot snapshot) {

    /** A Subnet is there or it is not: it is never on the way. */
    public static final String STATE = "available";

    /** The caller's Subnets. Asked for by id ({@code SubnetIds}), which is what clients do most, only those are read. */
    public static List<SeenSubnet> candidates(ReadCall call, FilterArguments filters) {
        Snapshot snapshot = call.snapshot();
        return filters
                .ids("SubnetIds", SubnetId.KIND)
                .map(ids -> ids.stream()
                        .flatMap(id -> snapshot.subnets().find(id).stream())
                        .filter(subnet -> subnet.owner().equals(call.caller()))
                        .toList())
                .orElseGet(() -> snapshot.subnets().ofOwner(call.caller()))
                .stream()
                .map(subnet -> new SeenSubnet(subnet, snapshot))
                .toList();
    }

    public long availableAddresses() {
        return Subnets.availableAddresses(snapshot, subnet);
    }

    public Position position() {
        return Position.byCreation(subnet.createdAt(), subnet.id());
    }
}
