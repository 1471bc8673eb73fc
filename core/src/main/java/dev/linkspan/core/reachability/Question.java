package dev.linkspan.core.reachability;

import dev.linkspan.core.securitygroup.Traffic;

/**
 * What is asked: does a packet get from here to there, and what answers it back again?
 *
 * @param packet its protocol with one destination port, or with one ICMP type and code
 */
public record Question(Endpoint from, Endpoint to, Traffic packet) {

    /** What ping sends (RFC 792). */
    public static final Traffic ECHO_REQUEST = new Traffic.Icmp(8, 0);

    public Question {
        boolean single = switch (packet) {
            case Traffic.Ports(int _, int first, int last) -> first == last;
            case Traffic.Icmp(int type, int code) -> type != Traffic.ANY && code != Traffic.ANY;
            case Traffic.Other _ -> true;
            case Traffic.All _ -> false;
        };
        if (!single) {
            throw new IllegalArgumentException("%s is not one packet: one port or ICMP type is".formatted(packet));
        }
    }

    /** The packet in a few words: {@code tcp/443}, {@code ping}. */
    public String packetInWords() {
        return Sentences.named(packet);
    }
}
