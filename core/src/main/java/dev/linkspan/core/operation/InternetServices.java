package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.internet.InternetService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on internet services, the doors of Nets to the outside (X1). Routes to one outlive it (X7). */
public final class InternetServices {

    /** One that is linked to no Net yet. */
    public InternetService create(UnitOfWork unit, AccountId caller) {
        Quotas.requireRoom(unit, caller, Quota.INTERNET_SERVICES, unit.internetServices()::countOfOwner);
        InternetService service =
                new InternetService(unit.newId(InternetServiceId.KIND), caller, Optional.empty(), unit.now());
        unit.internetServices().save(service);
        record(unit, EventType.INTERNET_SERVICE_CREATED, service, Set.of(), "created");
        return service;
    }

    /** Links one that is free to a Net that has none. */
    public InternetService link(UnitOfWork unit, AccountId caller, InternetServiceId id, NetId netId) {
        InternetService service = Visible.internetService(unit, caller, Parameter.INTERNET_SERVICE, id);
        Net net = Visible.net(unit, caller, Parameter.NET, netId);
        service.net().ifPresent(taken -> {
            throw new Refusal(
                            RefusalCode.ALREADY_LINKED,
                            "The %s '%s' is linked to the %s '%s' already.",
                            Noun.INTERNET_SERVICE,
                            id,
                            Noun.NET,
                            taken)
                    .about(id);
        });
        unit.internetServices().findOfNet(net.id()).ifPresent(other -> {
            throw new Refusal(
                            RefusalCode.NET_HAS_INTERNET_SERVICE,
                            "The %s '%s' has the %s '%s' already, and can have one.",
                            Noun.NET,
                            netId,
                            Noun.INTERNET_SERVICE,
                            other.id())
                    .about(netId);
        });
        InternetService linked = service.linkedTo(net.id());
        unit.internetServices().save(linked);
        record(unit, EventType.INTERNET_SERVICE_LINKED, linked, Set.of(netId), "linked to " + netId);
        return linked;
    }

    /** Closes a Net's door, which no public IP needs any more. */
    public InternetService unlink(UnitOfWork unit, AccountId caller, InternetServiceId id, NetId netId) {
        InternetService service = Visible.internetService(unit, caller, Parameter.INTERNET_SERVICE, id);
        Net net = Visible.net(unit, caller, Parameter.NET, netId);
        if (!service.isLinkedTo(net.id())) {
            throw new Refusal(
                            RefusalCode.NOT_LINKED,
                            "The %s '%s' is not linked to the %s '%s'.",
                            Noun.INTERNET_SERVICE,
                            id,
                            Noun.NET,
                            netId)
                    .about(id);
        }
        requireUnused(unit.publicIps().ofNet(netId), net);
        InternetService unlinked = service.unlinked();
        unit.internetServices().save(unlinked);
        record(unit, EventType.INTERNET_SERVICE_UNLINKED, unlinked, Set.of(netId), "unlinked from " + netId);
        return unlinked;
    }

    private static void requireUnused(List<PublicIp> linked, Net net) {
        if (!linked.isEmpty()) {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The %s '%s' cannot lose its %s while public addresses are linked in it: %s.",
                            Noun.NET,
                            net.id(),
                            Noun.INTERNET_SERVICE,
                            Fact.listed(linked.stream()
                                    .map(ip -> ip.address().toString())
                                    .toList()))
                    .about(net.id());
        }
    }

    /** Removes one that is linked to no Net. */
    public void delete(UnitOfWork unit, AccountId caller, InternetServiceId id) {
        InternetService service = Visible.internetService(unit, caller, Parameter.INTERNET_SERVICE, id);
        service.net().ifPresent(net -> {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The %s '%s' is linked to the %s '%s': it must be unlinked first.",
                            Noun.INTERNET_SERVICE,
                            id,
                            Noun.NET,
                            net)
                    .about(id);
        });
        unit.tags().deleteOfResource(id);
        unit.internetServices().delete(id);
        record(unit, EventType.INTERNET_SERVICE_DELETED, service, Set.of(), "deleted");
    }

    private static void record(
            UnitOfWork unit, EventType type, InternetService service, Set<NetId> nets, String detail) {
        unit.record(new Fact(type, service.id().value(), Set.of(service.owner()), nets, detail));
    }
}
