package dev.linkspan.server.api.machine;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;

/** An address that a new NIC is to have, as a client names it. */
public record OrderedAddress(Ipv4 ip, boolean primary) {

    /** The choice that these addresses and this number of further ones make together. */
    public static AddressChoice choice(List<OrderedAddress> addresses, Optional<Integer> secondaryCount) {
        List<Ipv4> primary = those(addresses, true);
        if (primary.size() > 1) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "Only one of the %s can be the primary one.",
                    Parameter.PRIVATE_IPS);
        }
        if (addresses.size() > 1 && secondaryCount.isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "%s cannot be combined with more than one of %s.",
                    Parameter.SECONDARY_IP_COUNT,
                    Parameter.PRIVATE_IPS);
        }
        return new AddressChoice(primary.stream().findFirst(), those(addresses, false), secondaryCount.orElse(0));
    }

    private static List<Ipv4> those(List<OrderedAddress> addresses, boolean primary) {
        return addresses.stream()
                .filter(address -> address.primary() == primary)
                .map(OrderedAddress::ip)
                .toList();
    }
}
