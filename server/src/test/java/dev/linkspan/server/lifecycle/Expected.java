package dev.linkspan.server.lifecycle;

import dev.linkspan.server.lifecycle.ModelPeering.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the model says that a call answers. In texts, a name in braces stands for its id: {@code {p0}}. */
sealed interface Expected {

    /** 200, and nothing but the ResponseContext. */
    record Done() implements Expected {}

    /** No call was made. */
    record NoCall() implements Expected {}

    /** The peering, as its only content. */
    record Shown(View view) implements Expected {}

    /** These peerings: live ones first, then by creation. */
    record Listed(List<View> views) implements Expected {

        public Listed {
            views = List.copyOf(views);
        }
    }

    /** A new Net, Subnet or VM, whose id is under this path of the answer. */
    record Made(Kind kind, ModelNet net, String path) implements Expected {}

    /** What is made so that there can be peerings. */
    enum Kind {
        NET,
        SUBNET,
        VM
    }

    /** The Net's newest VM is terminated. */
    record VmTerminated(ModelNet net) implements Expected {}

    /** The caller's limits and what counts towards them, by Net and for outstanding requests. */
    record Limits(Used outstanding, Map<ModelNet, Used> active) implements Expected {

        public Limits {
            active = Map.copyOf(active);
        }
    }

    /** How far a limit is used. */
    record Used(long used, int most) {}

    /** Refused for one of these reasons; where several stand against a call, the rules do not say which is told. */
    record Refused(List<Problem> reasons) implements Expected {

        public Refused {
            reasons = List.copyOf(reasons);
        }

        static Refused because(Problem problem) {
            return new Refused(List.of(problem));
        }
    }

    /**
     * An error of the OUTSCALE API (E1, E2).
     *
     * @param code a pattern
     * @param says what its details contain
     * @param hides what they do not contain
     */
    record Problem(int status, String code, String type, List<String> says, List<String> hides) {

        public Problem {
            says = List.copyOf(says);
            hides = List.copyOf(hides);
        }

        static Problem of(int status, String code, String type, String... says) {
            return new Problem(status, code, type, Arrays.asList(says), List.of());
        }

        static Problem unknown(String code, String parameter, String name) {
            return of(400, code, "InvalidResource", "The %s '{%s}' doesn't exist.".formatted(parameter, name));
        }

        Problem hiding(String... texts) {
            return new Problem(status, code, type, says, Arrays.asList(texts));
        }
    }

    /** A peering as an account sees it. */
    record View(
            ModelPeering peering,
            boolean live,
            State state,
            String message,
            Optional<Instant> expiration,
            SortedMap<String, String> tags) {

        static View of(ModelPeering peering, String account, Instant now) {
            return new View(
                    peering,
                    peering.isLiveAt(now),
                    peering.stateAt(now),
                    peering.messageAt(now),
                    peering.shownExpiration(now),
                    new TreeMap<>(peering.tagsOf(account)));
        }
    }
}
