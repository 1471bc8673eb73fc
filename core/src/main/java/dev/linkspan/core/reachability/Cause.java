package dev.linkspan.core.reachability;

import dev.linkspan.core.wording.Sentence;
import java.util.List;

/**
 * One thing that stops a packet or its reply, whatever else does.
 *
 * @param step where
 * @param remedies the calls that remove it, in the order in which to make them; none where no call does
 */
public record Cause(Step step, BlockReason blockReason, List<Remedy> remedies) {

    public Cause {
        remedies = List.copyOf(remedies);
    }

    /** What is wrong, in a sentence. */
    public Sentence why() {
        return Sentences.why(this);
    }
}
