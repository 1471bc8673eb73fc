package dev.linkspan.acceptance.concurrency;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client was answered. */
sealed interface Outcome {

    /** The peerings that the answer shows. */
    default Stream<Seen> shown() {
        return switch (this) {
            case Shown(Seen peering) -> Stream.of(peering);
            case Listed(List<Seen> listed) -> listed.stream();
            case Done _, Time _, Refused _, Indeterminate _ -> Stream.empty();
        };
    }

    /** A peering as an answer shows it. */
    record Seen(String id, String source, String accepter, String state, String message, Optional<Instant> expiration) {

        @Override
        public String toString() {
            return "%s %s -> %s '%s'%s"
                    .formatted(
                            id,
                            source,
                            accepter,
                            message,
                            expiration.map(at -> " until " + at).orElse(""));
        }
    }

    record Shown(Seen peering) implements Outcome {}

    /** Rejecting and deleting show nothing. */
    record Done() implements Outcome {}

    record Listed(List<Seen> peerings) implements Outcome {
        public Listed {
            peerings = List.copyOf(peerings);
        }
    }

    record Time(Instant now) implements Outcome {}

    record Refused(String code) implements Outcome {

        static final Refused NO_SUCH_NET = new Refused("5065");
        static final Refused NO_SUCH_PEERING = new Refused("5035");
        static final Refused WRONG_PARTY = new Refused("4");
        static final Refused WRONG_STATE = new Refused("6004");
        static final Refused OVER_QUOTA = new Refused("10000");
    }

    /** No answer came, or one that tells nothing: the connection broke, or the server failed. */
    record Indeterminate(String why) implements Outcome {}
}
