package dev.linkspan.core.reachability;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import java.util.List;
import java.util.Optional;

/** Makes the calls that remedies name, by the operations that carry out the real ones. */
final class Calls {

    private final UnitOfWork unit;
    private Optional<NetPeeringId> made = Optional.empty();
    private Optional<InternetServiceId> madeService = Optional.empty();
    private Optional<PublicIp> madePublicIp = Optional.empty();

    Calls(UnitOfWork unit) {
        this.unit = unit;
    }

    void make(Remedy remedy) {
        RouteTables tables = new RouteTables();
        switch (remedy) {
            case Remedy.CreateRoute(var owner, var table, var destination, Remedy.Target.Peering(var peering)) ->
                tables.createRoute(unit, owner, table, destination, requested(peering));
            case Remedy.UpdateRoute(var owner, var table, var destination, Remedy.Target.Peering(var peering)) ->
                tables.updateRoute(unit, owner, table, destination, requested(peering));
            case Remedy.CreateRoute(var _, var table, var destination, Remedy.Target.InternetService(var service)) ->
                lead(table, destination, service);
            case Remedy.UpdateRoute(var _, var table, var destination, Remedy.Target.InternetService(var service)) ->
                lead(table, destination, service);
            case Remedy.DeleteRoute(var owner, var table, var destination) ->
                tables.deleteRoute(unit, owner, table, destination);
            case Remedy.CreateRule(var owner, var group, var flow, var traffic, var range) ->
                new SecurityGroups()
                        .addRules(
                                unit,
                                owner,
                                group,
                                List.of(new RequestedRule(flow, traffic, new RequestedCounterpart.Range(range), "")));
            case Remedy.CreateAclEntry(var owner, var acl, var number, var direction, var traffic, var range) ->
                new NetworkAcls().createEntry(unit, owner, acl, new AclEntry(number, direction, traffic, range, true));
            case Remedy.CreatePeering(var owner, var source, var accepter, var accepterOwner) ->
                made = Optional.of(peerings()
                        .create(unit, owner, source, accepter, Optional.of(accepterOwner))
                        .id());
            case Remedy.AcceptPeering(var owner, var peering) ->
                peerings().accept(unit, owner, peering.or(() -> made).orElseThrow());
            case Remedy.StartVm(var owner, var vm) -> new Vms().start(unit, owner, List.of(vm));
            case Remedy.UncheckSource(var owner, var vm) ->
                new Vms()
                        .update(
                                unit,
                                owner,
                                vm,
                                new VmChange(VmSettingsChange.NONE, Optional.empty(), Optional.of(false)));
            case Remedy.HealSubregion(var name) ->
                new Subregions(List.of(
                                new Region(Fixture.REGION, List.of(Fixture.SUBREGION, RandomRegion.OTHER_SUBREGION))))
                        .heal(unit, name);
            case Remedy.CreateInternetService(var owner, var _) -> {
                InternetService service = new InternetService(
                        unit.newId(InternetServiceId.KIND), owner, Optional.empty(), unit.now());
                unit.internetServices().save(service);
                madeService = Optional.of(service.id());
            }
            case Remedy.LinkInternetService(var _, var service, var net) ->
                unit.internetServices()
                        .save(unit.internetServices()
                                .find(service.or(() -> madeService).orElseThrow())
                                .orElseThrow()
                                .linkedTo(net));
            case Remedy.CreatePublicIp(var owner) -> {
                PublicIp made = new PublicIp(
                        unit.newId(PublicIpId.KIND),
                        Exits.freeAddress(unit),
                        owner,
                        false,
                        Optional.empty(),
                        unit.now());
                unit.publicIps().save(made);
                madePublicIp = Optional.of(made);
            }
            case Remedy.LinkPublicIp(var _, var nic, var address) ->
                unit.publicIps()
                        .save(madePublicIp
                                .orElseThrow()
                                .linked(new PublicIpLink(
                                        unit.newId(PublicIpLinkId.KIND),
                                        unit.nics().find(nic).orElseThrow().net(),
                                        nic,
                                        address)));
            case Remedy.LetIn _, Remedy.LeadThrough _ -> throw new IllegalArgumentException("not a call: " + remedy);
        }
    }

    private static NetPeerings peerings() {
        return new NetPeerings(PeeringRules.STANDARD);
    }

    private RequestedTarget requested(Optional<NetPeeringId> peering) {
        return new RequestedTarget.Peering(peering.or(() -> made).orElseThrow());
    }

    private void lead(RouteTableId id, Cidr destination, Optional<InternetServiceId> service) {
        RouteTarget target =
                new RouteTarget.InternetService(service.or(() -> madeService).orElseThrow());
        RouteTable table = unit.routeTables().find(id).orElseThrow().withoutRoute(destination);
        unit.routeTables().save(table.withRoute(new Route(destination, target)));
    }
}
