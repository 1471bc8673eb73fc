package dev.linkspan.server.api.call;

import dev.linkspan.server.api.json.FilterArguments;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a Read call finds what its caller may see. What the filters exclude may be left out, and need not be. */
@FunctionalInterface
public interface Source<T> {

    /**
     * What comes behind a place, in the order of the answer and a batch at a time. A batch is read when it is asked for, so
     * that a page costs what it shows.
     *
     * @param after nothing up to this place is answered; the beginning where it is empty
     * @param wanted how many the answer has room for
     */
    Stream<List<T>> behind(ReadCall call, FilterArguments filters, Optional<Position> after, int wanted);
}
