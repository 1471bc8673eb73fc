package dev.linkspan.acceptance.concurrency;

import java.util.List;

/**
 * What a system does when it is asked one thing after the other.
 *
 * @param <S> its states, compared by value
 * @param <O> its operations, each with what it answered
 */
interface Specification<S, O> {

    S initial();

    /**
     * The states in which the operation may have left the system when it answered as it did; empty where it cannot have
     * answered so. An operation whose answer is not known may have left several.
     */
    List<S> after(S state, O operation);

    /** What the operation would have answered in this state, for people. */
    String expected(S state, O operation);

    /** Whether the operation changes no state, whichever it finds: then a history without it is explained if one with it is. */
    boolean onlyLooks(O operation);

    /** Whether what changes nothing in this state, though it may have answered so, would change nothing in any later one. */
    boolean isOver(S state, O operation);
}
