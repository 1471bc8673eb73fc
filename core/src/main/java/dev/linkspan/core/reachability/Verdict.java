package dev.linkspan.core.reachability;

import java.util.List;

/** The answer in a word. */
public sealed interface Verdict {

    /** Everything on the way, in its order. */
    List<Cause> causes();

    /** Packets arrive, and replies come back. */
    record Reachable() implements Verdict {
        @Override
        public List<Cause> causes() {
            return List.of();
        }
    }

    /** Something is in the way, and calls remove all of it. */
    record Blocked(List<Cause> causes) implements Verdict {
        public Blocked {
            causes = List.copyOf(causes);
        }
    }

    /** At least one of the causes is one that no call removes. */
    record Impossible(List<Cause> causes) implements Verdict {
        public Impossible {
            causes = List.copyOf(causes);
        }
    }

    static Verdict of(List<Cause> causes) {
        if (causes.isEmpty()) {
            return new Reachable();
        }
        boolean removable = causes.stream().noneMatch(cause -> cause.remedies().isEmpty());
        return removable ? new Blocked(causes) : new Impossible(causes);
    }
}
