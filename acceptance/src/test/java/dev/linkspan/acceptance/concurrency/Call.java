package dev.linkspan.acceptance.concurrency;

import java.time.Duration;
import java.util.List;

/** What a client may ask for. */
sealed interface Call {

    record Create(String source, String accepter) implements Call {}

    record Accept(String peering) implements Call {}

    record Reject(String peering) implements Call {}

    record Delete(String peering) implements Call {}

    /** ReadNetPeerings with these filters; an empty list does not restrict. */
    record Read(List<String> peerings, List<String> sources, List<String> accepters) implements Call {

        public Read {
            peerings = List.copyOf(peerings);
            sources = List.copyOf(sources);
            accepters = List.copyOf(accepters);
        }

        static Read one(String peering) {
            return new Read(List.of(peering), List.of(), List.of());
        }

        /** What a Net's owner has asked for. */
        static Read from(String net) {
            return new Read(List.of(), List.of(net), List.of());
        }

        /** What a Net's owner is asked for. */
        static Read to(String net) {
            return new Read(List.of(), List.of(), List.of(net));
        }

        /** Everything between two Nets. */
        static Read between(String one, String other) {
            return new Read(List.of(), List.of(one, other), List.of(one, other));
        }

        static Read everything() {
            return new Read(List.of(), List.of(), List.of());
        }

        boolean matches(String peering, String source, String accepter) {
            return (peerings.isEmpty() || peerings.contains(peering))
                    && (sources.isEmpty() || sources.contains(source))
                    && (accepters.isEmpty() || accepters.contains(accepter));
        }
    }

    /** Nobody asks for it: time makes a request expire. */
    record Expire(String peering) implements Call {}

    /** The operator moves the clock. */
    record Advance(Duration by) implements Call {}
}
