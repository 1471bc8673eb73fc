package dev.linkspan.server.api.json;

import dev.linkspan.core.address.Cidr;

/**
 * A range as EC2's clients give it: bits that name a host in it are taken away, where the OUTSCALE API refuses them (R5).
 *
 * @param range what is meant
 */
public record CanonicalCidr(Cidr range) {

    static CanonicalCidr parse(String text) {
        return new CanonicalCidr(Cidr.parseCanonical(text));
    }

    @Override
    public String toString() {
        return range.toString();
    }
}
