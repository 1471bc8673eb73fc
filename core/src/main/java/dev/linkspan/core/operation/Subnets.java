package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on Subnets. */
public final class Subnets {

    private final Subregions subregions;

    public Subnets(Subregions subregions) {
        this.subregions = subregions;
    }

    /**
     * A part of a Net's range that no other Subnet has.
     *
     * @param subregion where it is; the Region's first one where it is not given
     */
    public Subnet create(
            UnitOfWork unit, AccountId caller, NetId netId, Cidr range, Optional<SubregionName> subregion) {
        requireSize(range);
        Net net = Visible.net(unit, caller, Parameter.NET, netId);
        subregion.ifPresent(name -> subregions.require(unit.region(), Parameter.SUBREGION, name));
        if (!net.range().contains(range)) {
            throw new Refusal(
                            RefusalCode.SUBNET_RANGE,
                            "The %s '%s' is not inside the range %s of the %s '%s'.",
                            Parameter.RANGE,
                            range,
                            net.range(),
                            Noun.NET,
                            netId)
                    .about(netId);
        }
        List<Subnet> others = unit.subnets().ofNet(netId);
        requireFree(range, others);
        Quotas.require(unit, caller, Quota.SUBNETS_PER_NET, others.size() + 1, netId);
        Subnet subnet = new Subnet(
                unit.newId(SubnetId.KIND),
                netId,
                caller,
                subregion.orElseGet(() -> subregions.defaultOf(unit.region())),
                range,
                false,
                unit.now());
        unit.subnets().save(subnet);
        String detail = "%s of %s in %s".formatted(range, netId, subnet.subregion());
        record(unit, EventType.SUBNET_CREATED, subnet, Set.of(netId), detail);
        return subnet;
    }

    private static void requireSize(Cidr range) {
        if (range.length() > Subnet.SMALLEST_PREFIX) {
            throw new Refusal(
                    RefusalCode.SUBNET_RANGE,
                    "The %s '%s' is too small for a Subnet: a /%d is the smallest that is accepted.",
                    Parameter.RANGE,
                    range,
                    Subnet.SMALLEST_PREFIX);
        }
    }

    private static void requireFree(Cidr range, List<Subnet> others) {
        others.stream()
                .filter(other -> other.range().overlaps(range))
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal(
                                    RefusalCode.SUBNET_OVERLAP,
                                    "The %s '%s' overlaps the Subnet '%s' (%s) of the same %s.",
                                    Parameter.RANGE,
                                    range,
                                    other.id(),
                                    other.range(),
                                    Noun.NET)
                            .about(other.id());
                });
    }

    public Subnet update(UnitOfWork unit, AccountId caller, SubnetId id, boolean mapPublicIpOnLaunch) {
        Subnet subnet = Visible.subnet(unit, caller, Parameter.SUBNET, id);
        Subnet changed = subnet.withMapPublicIpOnLaunch(mapPublicIpOnLaunch);
        if (!changed.equals(subnet)) {
            unit.subnets().save(changed);
            record(unit, EventType.SUBNET_CHANGED, changed, Set.of(), "public IPs on launch: " + mapPublicIpOnLaunch);
        }
        return changed;
    }

    /** Removes a Subnet without NICs, and with it its explicit link to a route table, and its association with a network ACL. */
    public void delete(UnitOfWork unit, AccountId caller, SubnetId id) {
        Subnet subnet = Visible.subnet(unit, caller, Parameter.SUBNET, id);
        List<String> users = users(unit, subnet);
        if (!users.isEmpty()) {
            throw new Refusal(
                            RefusalCode.SUBNET_IN_USE,
                            "The Subnet '%s' cannot be deleted while these are in it: %s.",
                            id,
                            String.join(", ", users))
                    .about(id);
        }
        unit.routeTables()
                .ofNet(subnet.net())
                .forEach(table ->
                        table.linkOf(id).ifPresent(link -> unit.routeTables().save(table.withoutLink(link.id()))));
        NetworkAcls.forget(unit, subnet);
        unit.tags().deleteOfResource(id);
        unit.subnets().delete(id);
        String detail = "%s of %s".formatted(subnet.range(), subnet.net());
        record(unit, EventType.SUBNET_DELETED, subnet, Set.of(subnet.net()), detail);
    }

    private static List<String> users(Snapshot snapshot, Subnet subnet) {
        List<ResourceId> users = new ArrayList<>();
        snapshot.vms().ofNet(subnet.net()).stream()
                .filter(vm -> vm.exists() && vm.subnet().equals(subnet.id()))
                .map(Vm::id)
                .forEach(users::add);
        snapshot.nics().ofSubnet(subnet.id()).stream().map(Nics::seenAs).forEach(users::add);
        return users.stream().map(ResourceId::value).toList();
    }

    /** How many of its addresses no NIC has. */
    public static long availableAddresses(Snapshot snapshot, Subnet subnet) {
        return FreeAddresses.of(snapshot, subnet).count();
    }

    private static void record(UnitOfWork unit, EventType type, Subnet subnet, Set<NetId> touched, String detail) {
        unit.record(new Fact(type, subnet.id().value(), Set.of(subnet.owner()), touched, detail));
    }
}
