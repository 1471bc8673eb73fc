package dev.linkspan.core.reachability;

import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.networkacl.AclEntry;
import dev.linkspan.core.operation.InternetServices;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.NetworkAcls;
import dev.linkspan.core.operation.PublicIps;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.SecurityGroups;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.operation.Vms;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.RequestedTarget;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import java.util.List;
import java.util.Optional;

/** Makes the calls that remedies name, by the operations that carry out the real ones. */
final class Calls {

    private final UnitOfWork unit;
    private Optional<NetPeeringId> made = Optional.empty();
    private Optional<InternetServiceId> madeService = Optional.empty();
    private Optional<PublicIpId> madePublicIp = Optional.empty();
    private final InternetServices services = new InternetServices();
    private final PublicIps publicIps = new PublicIps(Exits.POOLS);

    Calls(UnitOfWork unit) {
        this.unit = unit;
    }

    void make(Remedy remedy) {
        RouteTables tables = new RouteTables();
        switch (remedy) {
            case Remedy.CreateRoute(var owner, var table, var destination, var target) ->
                tables.createRoute(unit, owner, table, destination, requested(target));
            case Remedy.UpdateRoute(var owner, var table, var destination, var target) ->
                tables.updateRoute(unit, owner, table, destination, requested(target));
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
            case Remedy.StartVm(var owner, var vm) -> new Vms(PublicIpPools.NONE).start(unit, owner, List.of(vm));
            case Remedy.UncheckSource(var owner, var vm) ->
                new Vms(PublicIpPools.NONE)
                        .update(
                                unit,
                                owner,
                                vm,
                                new VmChange(VmSettingsChange.NONE, Optional.empty(), Optional.of(false)));
            case Remedy.HealSubregion(var name) ->
                new Subregions(List.of(
                                new Region(Fixture.REGION, List.of(Fixture.SUBREGION, RandomRegion.OTHER_SUBREGION))))
                        .heal(unit, name);
            case Remedy.CreateInternetService(var owner, var _) ->
                madeService = Optional.of(services.create(unit, owner).id());
            case Remedy.LinkInternetService(var owner, var service, var net) ->
                services.link(unit, owner, service.or(() -> madeService).orElseThrow(), net);
            case Remedy.CreatePublicIp(var owner) ->
                madePublicIp = Optional.of(publicIps.allocate(unit, owner).id());
            case Remedy.LinkPublicIp(var owner, var publicIp, var nic, var address) ->
                publicIps.link(
                        unit,
                        owner,
                        publicIp.or(() -> madePublicIp).orElseThrow(),
                        new PublicIpTarget.OfNic(nic, Optional.of(address)),
                        false);
            case Remedy.LetIn _, Remedy.LeadThrough _ -> throw new IllegalArgumentException("not a call: " + remedy);
        }
    }

    private static NetPeerings peerings() {
        return new NetPeerings(PeeringRules.STANDARD);
    }

    private RequestedTarget requested(Remedy.Target target) {
        return switch (target) {
            case Remedy.Target.Peering(var peering) ->
                new RequestedTarget.Peering(peering.or(() -> made).orElseThrow());
            case Remedy.Target.InternetService(var service) ->
                new RequestedTarget.InternetService(
                        service.or(() -> madeService).orElseThrow());
            case Remedy.Target.NatService(var service) -> new RequestedTarget.NatService(service);
        };
    }
}
