package dev.linkspan.core.operation;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.internet.PublicIp;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on the secondary addresses of NICs. The primary one stays for the NIC's life. */
public final class NicAddresses {

    /**
     * Gives a NIC these addresses of its Subnet. What it has already stays. A public IP follows the address that it stands for.
     *
     * @param relink whether an address that is another NIC's secondary one is taken from there
     */
    public Nic link(UnitOfWork unit, AccountId caller, NicId id, List<Ipv4> addresses, boolean relink) {
        Nic nic = Nics.changeable(unit, caller, id);
        Set<Ipv4> after = new LinkedHashSet<>(nic.addresses());
        Set<Ipv4> added = new LinkedHashSet<>(addresses);
        added.removeAll(nic.addresses());
        List<PublicIp> following = new ArrayList<>();
        if (relink) {
            added.forEach(address -> following.addAll(release(unit, nic, address)));
        }
        FreeAddresses free = free(unit, nic);
        added.forEach(free::take);
        after.addAll(added);
        Nic taker = saved(unit, nic, after);
        PublicIpLinks.follow(unit, following, taker);
        return taker;
    }

    /** Gives a NIC so many more addresses: the lowest free ones of its Subnet. */
    public Nic linkAny(UnitOfWork unit, AccountId caller, NicId id, int count) {
        Nic.requireSecondary(count, 1);
        Nic nic = Nics.changeable(unit, caller, id);
        FreeAddresses free = free(unit, nic);
        List<Ipv4> after = new ArrayList<>(nic.addresses());
        for (int i = 0; i < count; i++) {
            after.add(free.takeLowest());
        }
        return saved(unit, nic, after);
    }

    /** Takes these secondary addresses from a NIC. */
    public Nic unlink(UnitOfWork unit, AccountId caller, NicId id, List<Ipv4> addresses) {
        Nic nic = Nics.changeable(unit, caller, id);
        for (Ipv4 address : addresses) {
            if (!isSecondary(nic, address)) {
                throw Refusal.badValue(Parameter.PRIVATE_IPS, address, "a secondary address of %s is expected", id);
            }
        }
        PublicIpLinks.end(unit, nic, addresses);
        return without(unit, nic, addresses);
    }

    /** Takes an address from whose secondary one it is; answers the public IPs that stand for it. */
    private static List<PublicIp> release(UnitOfWork unit, Nic taker, Ipv4 address) {
        Optional<Nic> holder = unit.nics().ofSubnet(taker.subnet()).stream()
                .filter(nic -> isSecondary(nic, address))
                .findFirst();
        return holder.map(nic -> {
                    without(unit, nic, List.of(address));
                    return unit.publicIps().ofNic(nic.id()).stream()
                            .filter(ip -> ip.standsForOneOf(List.of(address)))
                            .toList();
                })
                .orElse(List.of());
    }

    private static boolean isSecondary(Nic nic, Ipv4 address) {
        return nic.addresses().indexOf(address) > 0;
    }

    private static Nic without(UnitOfWork unit, Nic nic, List<Ipv4> addresses) {
        List<Ipv4> left = new ArrayList<>(nic.addresses());
        left.removeAll(addresses);
        return Nics.savedIfChanged(unit, nic, nic.withAddresses(left));
    }

    private static Nic saved(UnitOfWork unit, Nic nic, Iterable<Ipv4> addresses) {
        List<Ipv4> after = new ArrayList<>();
        addresses.forEach(after::add);
        if (after.size() > Nic.MOST_ADDRESSES) {
            throw new Refusal(
                            RefusalCode.BAD_VALUE,
                            "The %s '%s' would have %d addresses: it can have %d at most.",
                            Noun.NIC,
                            nic.id(),
                            after.size(),
                            Nic.MOST_ADDRESSES)
                    .about(nic.id());
        }
        return Nics.savedIfChanged(unit, nic, nic.withAddresses(after));
    }

    private static FreeAddresses free(Snapshot snapshot, Nic nic) {
        Subnet subnet = snapshot.subnets()
                .find(nic.subnet())
                .orElseThrow(() -> new IllegalStateException("BUG: %s has no Subnet".formatted(nic.id())));
        return FreeAddresses.of(snapshot, subnet);
    }
}
