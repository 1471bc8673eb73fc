package dev.linkspan.server.api.own;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.host.Host;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.host.HostReport;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The operator's calls on hosts. */
public final class HostCalls {

    record CreateHostRequest(
            @Required HostName hostName, @Required SubregionName subregionName) {}

    /** @param token for the host's agent; it is shown when the host is made and never again */
    record CreateHostResponse(HostAnswer host, String token) {}

    record ReadHostsResponse(List<HostAnswer> hosts) {}

    record DeleteHostRequest(@Required HostId hostId) {}

    /**
     * A host as the operator sees it.
     *
     * @param state {@code new} until its agent was heard for the first time; {@code unreachable} where it is silent (H2)
     * @param capacity how many VMs it takes, which its agent tells
     * @param vmIds the VMs whose machines are there
     * @param loadPercent how busy its processors are; above 100 work waits for them
     * @param missingLinks how many NICs its agent could not connect
     */
    record HostAnswer(
            HostId hostId,
            HostName hostName,
            RegionName regionName,
            SubregionName subregionName,
            @OneOf({"new", "reachable", "unreachable"}) String state,
            int capacity,
            List<VmId> vmIds,
            Optional<Instant> lastHeard,
            Optional<String> agentVersion,
            Optional<Integer> loadPercent,
            Optional<Integer> missingLinks,
            Instant creationDate) {

        static HostAnswer of(Snapshot snapshot, Host host) {
            return new HostAnswer(
                    host.id(),
                    host.name(),
                    snapshot.region(),
                    host.subregion(),
                    stateOf(host, snapshot.now()),
                    host.capacity(),
                    snapshot.hosts().vmsOn(host.id()),
                    host.report().map(HostReport::at),
                    host.report().map(HostReport::agentVersion),
                    host.report().map(HostReport::loadPercent),
                    host.report().map(HostReport::missingLinks),
                    host.createdAt());
        }

        private static String stateOf(Host host, Instant now) {
            if (host.report().isEmpty()) {
                return "new";
            }
            return host.reachableAt(now) ? "reachable" : "unreachable";
        }
    }

    private final Store store;
    private final Subregions subregions;
    private final Hosts hosts;
    private final Supplier<String> secrets;

    /** @param secrets draws what nobody can guess */
    public HostCalls(Store store, Subregions subregions, Hosts hosts, Supplier<String> secrets) {
        this.store = store;
        this.subregions = subregions;
        this.hosts = hosts;
        this.secrets = secrets;
    }

    List<Operation.Own<?>> operations() {
        return List.of(
                Operation.own(
                        "CreateHost",
                        OwnEndpoint.OPERATOR,
                        CreateHostRequest.class,
                        CreateHostResponse.class,
                        (invocation, request) -> create(invocation.origin(), request)),
                Operation.own(
                        "ReadHosts",
                        OwnEndpoint.OPERATOR,
                        Operation.Nothing.class,
                        ReadHostsResponse.class,
                        (_, _) -> read()),
                Operation.own(
                        "DeleteHost",
                        OwnEndpoint.OPERATOR,
                        DeleteHostRequest.class,
                        Operation.Done.class,
                        (invocation, request) -> delete(invocation.origin(), request)));
    }

    private CreateHostResponse create(Origin origin, CreateHostRequest request) {
        String secret = secrets.get();
        return store.change(subregions.regionOf(request.subregionName()), origin, unit -> {
            Host made = hosts.create(unit, request.hostName(), request.subregionName(), HostToken.hashOf(secret));
            return new CreateHostResponse(HostAnswer.of(unit, made), new HostToken(made.id(), secret).text());
        });
    }

    private ReadHostsResponse read() {
        return new ReadHostsResponse(subregions.regions().stream()
                .map(Region::name)
                .flatMap(region -> store.<List<HostAnswer>>read(region, HostCalls::hostsOf).stream())
                .toList());
    }

    private static List<HostAnswer> hostsOf(Snapshot snapshot) {
        return snapshot.hosts().all().stream()
                .map(host -> HostAnswer.of(snapshot, host))
                .toList();
    }

    private Operation.Done delete(Origin origin, DeleteHostRequest request) {
        HostId id = request.hostId();
        RegionName region = subregions.regions().stream()
                .map(Region::name)
                .filter(name ->
                        store.read(name, snapshot -> snapshot.hosts().find(id).isPresent()))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("HostId", id));
        return store.change(region, origin, unit -> {
            hosts.delete(unit, id);
            return new Operation.Done();
        });
    }
}
