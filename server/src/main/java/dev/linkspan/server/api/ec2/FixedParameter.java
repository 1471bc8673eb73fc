package dev.linkspan.server.api.ec2;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Optional;

/** Parameters of EC2 for which one value alone is possible here: clients may send it, and no other. */
public final class FixedParameter {

    /** Why nothing that has to do with IPv6 can be chosen, but that there is none of it. */
    public static final String NO_IPV6 = "there is no IPv6 in VPCs here, whose addresses are of IPv4 alone";

    private FixedParameter() {}

    /** @param why no value is possible */
    public static void requireNone(String parameter, Optional<?> asked, String why) {
        if (asked.isPresent()) {
            throw new Refusal(RefusalCode.BAD_VALUE, "The parameter %s is not accepted: %s.".formatted(parameter, why));
        }
    }

    /** @param why only false is possible */
    public static void requireNot(String parameter, Optional<Boolean> asked, String why) {
        requireOnly(parameter, asked, false, why);
    }

    /** @param why only this value is possible */
    public static <V> void requireOnly(String parameter, Optional<V> asked, V accepted, String why) {
        asked.filter(it -> !it.equals(accepted)).ifPresent(it -> {
            throw Refusal.badValue(parameter, it, why);
        });
    }
}
