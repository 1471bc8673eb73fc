package dev.linkspan.core.net;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses a new NIC is to have; those that are left open are the lowest free ones of its Subnet.
 *
 * @param primary the primary one; left open where empty
 * @param secondary secondary ones that must be these
 * @param moreSecondary how many secondary ones beside them are left open
 */
public record AddressChoice(Optional<Ipv4> primary, List<Ipv4> secondary, int moreSecondary) {

    /** One address, whichever is free. */
    public static final AddressChoice ANY = new AddressChoice(Optional.empty(), List.of(), 0);

    public AddressChoice {
        secondary = List.copyOf(secondary);
        Nic.requireSecondary(moreSecondary, 0);
        requireDistinct(primary, secondary);
        if (1 + secondary.size() + moreSecondary > Nic.MOST_ADDRESSES) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE,
                    "The %s and the %s are too many: a %s has at most %d addresses.",
                    Parameter.PRIVATE_IPS,
                    Parameter.SECONDARY_IP_COUNT,
                    Noun.NIC,
                    Nic.MOST_ADDRESSES);
        }
    }

    /** The first of these is the primary one; with none, any is. */
    public static AddressChoice firstIsPrimary(List<Ipv4> addresses) {
        return addresses.isEmpty()
                ? ANY
                : new AddressChoice(Optional.of(addresses.getFirst()), addresses.subList(1, addresses.size()), 0);
    }

    /** How many addresses it takes. */
    public int count() {
        return 1 + secondary.size() + moreSecondary;
    }

    /** Whether it names addresses that only one NIC can have. */
    public boolean namesAny() {
        return primary.isPresent() || !secondary.isEmpty();
    }

    private static void requireDistinct(Optional<Ipv4> primary, List<Ipv4> secondary) {
        HashSet<Ipv4> seen = new HashSet<>();
        primary.ifPresent(seen::add);
        for (Ipv4 address : secondary) {
            if (!seen.add(address)) {
                throw Refusal.badValue(Parameter.PRIVATE_IPS, address, "it is given more than once");
            }
        }
    }
}
