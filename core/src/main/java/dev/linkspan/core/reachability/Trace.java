package dev.linkspan.core.reachability;

import java.util.List;
import java.util.Optional;

/**
 * What happens to a packet and its reply: every decision on the way, also behind one that stops it, as if that one had been
 * put right.
 *
 * @param to empty where no Net could be meant
 * @param steps in the order in which they are met
 */
public record Trace(Question question, Site from, Optional<Site> to, List<Step> steps, Verdict verdict) {

    public Trace {
        steps = List.copyOf(steps);
    }

    public boolean reachable() {
        return verdict instanceof Verdict.Reachable;
    }
}
