package dev.linkspan.server.api.own;

import dev.linkspan.core.securitygroup.Traffic;

/** A kind of packets, in the words of the OUTSCALE API's rules. */
record TrafficAnswer(String ipProtocol, int fromPortRange, int toPortRange) {

    static TrafficAnswer of(Traffic traffic) {
        return new TrafficAnswer(traffic.protocolName(), traffic.firstShown(), traffic.lastShown());
    }
}
