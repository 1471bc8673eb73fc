package dev.linkspan.core.operation;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.id.PublicIpLinkId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.internet.PublicIpLink;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.internet.PublicIpTarget;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on public IPs (X2): those that accounts allocate, link to private addresses of their NICs, and release. */
public final class PublicIps {

    private final PublicIpPools pools;

    public PublicIps(PublicIpPools pools) {
        this.pools = pools;
    }

    /** What each Region has to give. */
    public PublicIpPools pools() {
        return pools;
    }

    /** An address of the Region's pool, which stands for nothing yet. */
    public PublicIp allocate(UnitOfWork unit, AccountId caller) {
        PublicIp ip = new PublicIp(
                unit.newId(PublicIpId.KIND),
                FreePublicAddresses.of(unit, pools, caller).take(),
                caller,
                false,
                Optional.empty(),
                unit.now());
        unit.publicIps().save(ip);
        record(unit, EventType.PUBLIC_IP_ALLOCATED, ip);
        return ip;
    }

    /**
     * Lets a public IP stand for a private address of a Net that has an internet service. A machine's own address gives way.
     * Linked to what it is linked to, it stays.
     *
     * @param relink whether the IP is taken from what it stands for, and the address from what stands for it
     */
    public PublicIp link(UnitOfWork unit, AccountId caller, PublicIpId id, PublicIpTarget target, boolean relink) {
        PublicIp ip = Visible.publicIp(unit, caller, Parameter.PUBLIC_IP, id);
        Nic nic = nic(unit, caller, target);
        Ipv4 address = address(nic, target);
        if (ip.isLinkedTo(nic.id()) && ip.standsForOneOf(List.of(address))) {
            return ip;
        }
        requireWayOut(unit, nic.net());
        if (!relink) {
            requireFree(ip);
        }
        Optional<PublicIp> standing = unit.publicIps().ofNic(nic.id()).stream()
                .filter(other -> other.standsForOneOf(List.of(address)))
                .findFirst();
        if (!relink) {
            standing.filter(other -> !other.ofMachine()).ifPresent(other -> requireFree(nic, address, other));
        }
        standing.ifPresent(other -> PublicIpLinks.end(unit, other));
        if (ip.link().isPresent()) {
            unlinked(unit, ip);
        }
        return PublicIpLinks.begin(unit, ip, nic, address);
    }

    private static Nic nic(Snapshot snapshot, AccountId caller, PublicIpTarget target) {
        return switch (target) {
            case PublicIpTarget.OfNic wanted -> Nics.changeable(snapshot, caller, wanted.nic());
            case PublicIpTarget.OfVm wanted ->
                Nics.only(snapshot, Visible.vm(snapshot, caller, Parameter.VM, wanted.vm()));
        };
    }

    private static Ipv4 address(Nic nic, PublicIpTarget target) {
        Ipv4 address = target.privateAddress().orElse(nic.primaryAddress());
        if (!nic.addresses().contains(address)) {
            throw Refusal.badValue(Parameter.PRIVATE_IP, address, "it is none of the %s '%s'", Noun.NIC, nic.id());
        }
        return address;
    }

    static void requireWayOut(Snapshot snapshot, NetId net) {
        if (snapshot.internetServices().findOfNet(net).isEmpty()) {
            throw new Refusal(
                            RefusalCode.NOT_LINKED,
                            "No %s is linked to the %s '%s', which is needed before a public address stands for one of its %s.",
                            Noun.INTERNET_SERVICE,
                            Noun.NET,
                            net,
                            Noun.NICS)
                    .about(net);
        }
    }

    static void requireFree(PublicIp ip) {
        ip.link().ifPresent(link -> {
            throw new Refusal(
                            RefusalCode.ALREADY_LINKED,
                            "The %s '%s' (%s) is linked to the %s '%s' already, by '%s'.",
                            Noun.PUBLIC_IP,
                            ip.id(),
                            ip.address(),
                            Noun.NIC,
                            link.nic(),
                            link.id())
                    .about(ip.id());
        });
    }

    private static void requireFree(Nic nic, Ipv4 address, PublicIp other) {
        throw new Refusal(
                        RefusalCode.ALREADY_LINKED,
                        "The address %s of the %s '%s' has the %s '%s' (%s) already.",
                        address,
                        Noun.NIC,
                        nic.id(),
                        Noun.PUBLIC_IP,
                        other.id(),
                        other.address())
                .about(nic.id());
    }

    /** Ends a link; a machine that has an address of its own while it runs gets one again. */
    public PublicIp unlink(UnitOfWork unit, AccountId caller, PublicIpLinkId id) {
        PublicIp ip = unit.publicIps()
                .findByLink(id)
                .filter(found -> found.owner().equals(caller) && !found.ofMachine())
                .orElseThrow(() -> Refusal.unknown(Parameter.PUBLIC_IP_LINK, id));
        return unlinked(unit, ip);
    }

    /** The same of an address, which stays as it is if it is linked to nothing. */
    public PublicIp unlink(UnitOfWork unit, AccountId caller, Ipv4 address) {
        PublicIp ip = Visible.publicIp(unit, caller, Parameter.PUBLIC_IP_ADDRESS, address);
        return ip.link().isPresent() ? unlinked(unit, ip) : ip;
    }

    private PublicIp unlinked(UnitOfWork unit, PublicIp ip) {
        PublicIpLink link = ip.link().orElseThrow();
        Optional<Nic> holder = unit.nics().find(link.nic());
        holder.flatMap(Nic::natService).ifPresent(service -> {
            throw new Refusal(
                            RefusalCode.MANAGED,
                            "The %s '%s' (%s) is that of the %s '%s' until that is deleted.",
                            Noun.PUBLIC_IP,
                            ip.id(),
                            ip.address(),
                            Noun.NAT_SERVICE,
                            service)
                    .about(ip.id());
        });
        PublicIpLinks.end(unit, ip);
        holder.filter(nic -> nic.primaryAddress().equals(link.privateAddress()))
                .flatMap(Nic::link)
                .filter(NicLink::primary)
                .flatMap(primary -> unit.vms().find(primary.vm()))
                .ifPresent(vm -> MachineAddresses.giveIfAny(unit, vm, FreePublicAddresses.of(unit, pools, vm.owner())));
        return ip.unlinked();
    }

    /** Gives back an address that stands for nothing. */
    public void release(UnitOfWork unit, AccountId caller, PublicIpId id) {
        PublicIp ip = Visible.publicIp(unit, caller, Parameter.PUBLIC_IP, id);
        ip.link().ifPresent(link -> {
            throw new Refusal(
                            RefusalCode.ADDRESS_IN_USE,
                            "The %s '%s' (%s) is linked to the %s '%s': it must be unlinked first.",
                            Noun.PUBLIC_IP,
                            id,
                            ip.address(),
                            Noun.NIC,
                            link.nic())
                    .about(id);
        });
        unit.tags().deleteOfResource(id);
        unit.publicIps().delete(id);
        record(unit, EventType.PUBLIC_IP_RELEASED, ip);
    }

    private static void record(UnitOfWork unit, EventType type, PublicIp ip) {
        unit.record(new Fact(
                type,
                ip.id().value(),
                Set.of(ip.owner()),
                Set.of(),
                ip.address().toString()));
    }
}
