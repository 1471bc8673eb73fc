package dev.linkspan.core.operation;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The addresses of a Subnet that no NIC has, as one change takes them. */
final class FreeAddresses {

    private final Subnet subnet;
    private final Set<Ipv4> taken = new HashSet<>();
    private Ipv4 next;

    private FreeAddresses(Subnet subnet) {
        this.subnet = subnet;
        this.next = subnet.firstUsable();
    }

    static FreeAddresses of(Snapshot snapshot, Subnet subnet) {
        FreeAddresses free = new FreeAddresses(subnet);
        snapshot.nics().ofSubnet(subnet.id()).forEach(nic -> free.taken.addAll(nic.addresses()));
        return free;
    }

    /** How many there are. */
    long count() {
        return subnet.usable() - taken.size();
    }

    /** Takes what was chosen, the primary address first, and the lowest free ones for what was left open. */
    List<Ipv4> take(AddressChoice choice) {
        choice.primary().ifPresent(this::take);
        choice.secondary().forEach(this::take);
        List<Ipv4> addresses = new ArrayList<>();
        addresses.add(choice.primary().orElseGet(this::takeLowest));
        addresses.addAll(choice.secondary());
        for (int i = 0; i < choice.moreSecondary(); i++) {
            addresses.add(takeLowest());
        }
        return addresses;
    }

    void take(Ipv4 address) {
        if (!subnet.mayAssign(address)) {
            throw Refusal.badValue(
                    Parameter.PRIVATE_IPS,
                    address,
                    "the Subnet %s (%s) hands out %s to %s",
                    subnet.id(),
                    subnet.range(),
                    subnet.firstUsable(),
                    subnet.lastUsable());
        }
        if (!taken.add(address)) {
            throw new Refusal(
                            RefusalCode.ADDRESS_IN_USE,
                            "The address %s of the Subnet '%s' is in use by another %s.",
                            address,
                            subnet.id(),
                            Noun.NIC)
                    .about(subnet.id());
        }
    }

    Ipv4 takeLowest() {
        while (subnet.mayAssign(next) && !taken.add(next)) {
            next = next.plus(1);
        }
        if (!subnet.mayAssign(next)) {
            throw exhausted();
        }
        return next;
    }

    Refusal exhausted() {
        return new Refusal(
                        RefusalCode.SUBNET_FULL,
                        "The Subnet '%s' (%s) does not have enough free addresses.",
                        subnet.id(),
                        subnet.range())
                .about(subnet.id());
    }
}
