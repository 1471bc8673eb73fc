package dev.linkspan.server.api.listing;

import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a listing finds what its caller may see. What the criteria exclude may be left out, and need not be. */
@FunctionalInterface
public interface Source<T> {

    /**
     * What comes behind a place, in the order of the answer and a batch at a time. A batch is read when it is asked for, so
     * that a page costs what it shows.
     *
     * @param after nothing up to this place is answered; the beginning where it is empty
     * @param wanted how many the answer has room for
     */
    Stream<List<T>> behind(ReadCall call, Criteria<T> criteria, Optional<Position> after, int wanted);

    /** Whether anything in this list can have such a place, which a client says that it was told. */
    default boolean isPlace(Position position) {
        return true;
    }
}
