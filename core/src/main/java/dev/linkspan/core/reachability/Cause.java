package dev.linkspan.core.reachability;

import dev.linkspan.core.wording.Sentence;
import java.util.List;

/**
 * One thing that stops a packet or its reply, whatever else does.
 *
 * @param step where
 * @param remedies the calls that remove it, in the order in which to make them; none where no call does
 * @param instead other calls that remove it as well, where there are any
 */
public record Cause(Step step, BlockReason blockReason, List<Remedy> remedies, List<Remedy> instead) {

    public Cause {
        remedies = List.copyOf(remedies);
        instead = List.copyOf(instead);
    }

    public Cause(Step step, BlockReason blockReason, List<Remedy> remedies) {
        this(step, blockReason, remedies, List.of());
    }

    /** What is wrong, in a sentence. */
    public Sentence why() {
        return Sentences.why(this);
    }
}
