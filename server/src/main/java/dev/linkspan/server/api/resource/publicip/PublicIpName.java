package dev.linkspan.server.api.resource.publicip;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.ChangeCall;
import java.util.Optional;

/** How clients say which of their public IPs is meant: by its id or by its address. */
record PublicIpName(Optional<PublicIpId> id, Optional<Ipv4> address) {

    /** Refuses none, and both. */
    PublicIpId of(ChangeCall call) {
        requireOne(id, Parameter.PUBLIC_IP, address);
        return id.or(() -> address.map(
                        it -> Visible.publicIp(call.snapshot(), call.caller(), Parameter.PUBLIC_IP_ADDRESS, it)
                                .id()))
                .orElseThrow();
    }

    /**
     * Refuses where neither is given, or both are.
     *
     * @param parameter what the first is called
     */
    static void requireOne(Optional<?> first, Parameter parameter, Optional<Ipv4> address) {
        if (first.isEmpty() && address.isEmpty()) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "One of %s and %s is required.",
                    parameter,
                    Parameter.PUBLIC_IP_ADDRESS);
        }
        if (first.isPresent() && address.isPresent()) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION,
                    "%s and %s cannot be given together.",
                    parameter,
                    Parameter.PUBLIC_IP_ADDRESS);
        }
    }
}
