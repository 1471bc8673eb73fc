package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.internet.NewNatService;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on NAT services (X4). Routes to one outlive it (X7). */
public final class NatServices {

    /** One in a Subnet of the caller's, with a NIC of its own there, for which its public IP stands from now on. */
    public NatService create(UnitOfWork unit, AccountId caller, NewNatService wanted) {
        wanted.clientToken().ifPresent(Tokens::requireToken);
        return madeBefore(unit, caller, wanted).orElseGet(() -> made(unit, caller, wanted));
    }

    private static Optional<NatService> madeBefore(Snapshot snapshot, AccountId caller, NewNatService wanted) {
        Optional<NatService> before = wanted.clientToken().stream()
                .flatMap(token -> snapshot.natServices().ofClientToken(caller, token).stream())
                .filter(service -> service.visibleAt(snapshot.now()))
                .reduce((_, newer) -> newer);
        before.ifPresent(
                service -> Tokens.requireSame(isSame(snapshot, service, wanted), wanted.clientToken(), service.id()));
        return before;
    }

    /** A deleted one has given its addresses back, whichever they were. */
    private static boolean isSame(Snapshot snapshot, NatService made, NewNatService wanted) {
        return made.subnet().equals(wanted.subnet())
                && made.connectivity() == wanted.connectivity()
                && snapshot.nics()
                        .find(made.nic())
                        .map(nic -> hasAddresses(snapshot, nic, wanted))
                        .orElse(true);
    }

    private static boolean hasAddresses(Snapshot snapshot, Nic nic, NewNatService wanted) {
        Optional<PublicIpId> publicIp =
                snapshot.publicIps().ofNic(nic.id()).stream().map(PublicIp::id).findFirst();
        return publicIp.equals(wanted.publicIp())
                && wanted.privateAddress().map(nic.primaryAddress()::equals).orElse(true);
    }

    private static NatService made(UnitOfWork unit, AccountId caller, NewNatService wanted) {
        Subnet subnet = Visible.subnet(unit, caller, Parameter.SUBNET, wanted.subnet());
        Optional<PublicIp> ip = wanted.publicIp().map(id -> free(unit, caller, id));
        ip.ifPresent(_ -> PublicIps.requireWayOut(unit, subnet.net()));
        Quotas.requireRoom(unit, caller, Quota.NAT_SERVICES, unit.natServices()::countOfOwner);
        Quotas.requireRoom(unit, caller, Quota.NICS, unit.nics()::countOfOwner);
        NatService service = new NatService(
                unit.newId(NatServiceId.KIND),
                caller,
                subnet.net(),
                subnet.id(),
                unit.newId(NicId.KIND),
                wanted.connectivity(),
                unit.now(),
                Optional.empty(),
                wanted.clientToken());
        unit.natServices().save(service);
        Nic nic = Nics.madeFor(unit, service, subnet, wanted.privateAddress());
        ip.ifPresent(free -> PublicIpLinks.begin(unit, free, nic, nic.primaryAddress()));
        String detail = "%s in %s".formatted(nic.primaryAddress(), subnet.id());
        record(unit, EventType.NAT_SERVICE_CREATED, service, Set.of(service.net()), detail);
        return service;
    }

    private static PublicIp free(Snapshot snapshot, AccountId caller, PublicIpId id) {
        PublicIp ip = Visible.publicIp(snapshot, caller, Parameter.PUBLIC_IP, id);
        PublicIps.requireFree(ip);
        return ip;
    }

    /** Removes one, with its NIC; its public IP stays its owner's, and stands for nothing. */
    public NatService delete(UnitOfWork unit, AccountId caller, NatServiceId id) {
        NatService service = Visible.natService(unit, caller, Parameter.NAT_SERVICE, id);
        if (!service.exists()) {
            throw Refusal.unknown(Parameter.NAT_SERVICE, id);
        }
        Nic nic = unit.nics()
                .find(service.nic())
                .orElseThrow(() -> new IllegalStateException("BUG: %s has no NIC".formatted(id)));
        Nics.deleted(unit, nic);
        NatService deleted = service.deleted(unit.now());
        unit.natServices().save(deleted);
        record(unit, EventType.NAT_SERVICE_DELETED, deleted, Set.of(service.net()), "deleted");
        return deleted;
    }

    /**
     * Forgets the NAT services that were deleted an hour ago. Readers never depend on it (T2).
     *
     * @param limit how many at most, so that a change stays short
     * @return how many it forgot; as many as the limit when there may be more
     */
    public int sweep(UnitOfWork unit, int limit) {
        List<NatService> gone =
                unit.natServices().deletedBy(unit.now().minus(NatService.VISIBLE_AFTER_DELETION), limit);
        for (NatService service : gone) {
            unit.tags().deleteOfResource(service.id());
            unit.natServices().delete(service.id());
            record(unit, EventType.NAT_SERVICE_FORGOTTEN, service, Set.of(), "no longer visible");
        }
        return gone.size();
    }

    private static void record(UnitOfWork unit, EventType type, NatService service, Set<NetId> nets, String detail) {
        unit.record(new Fact(type, service.id().value(), Set.of(service.owner()), nets, detail));
    }
}
