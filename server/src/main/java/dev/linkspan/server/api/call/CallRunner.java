package dev.linkspan.server.api.call;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.call.ReadTurns.LongRoom;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs calls on the store, for whoever makes them and in their Region.
 *
 * @param reads whose turn it is to read, which what is only rehearsed does too
 */
public record CallRunner(Store store, ReadTurns reads) {

    public CallRunner(Store store) {
        this(store, new ReadTurns());
    }

    /**
     * Answers what the handler does, on one snapshot.
     *
     * @param wording what becomes of that; it is the account's turn until then, since it takes as much time and memory.
     *     Of a long answer it makes a download in the room that it is given
     */
    public <Q extends Record, A> A read(
            Caller caller, Operation.Read<Q> read, Q request, BiFunction<Object, LongRoom, A> wording) {
        return reads.answering(
                caller.account(),
                room -> wording.apply(
                        store.read(
                                caller.region(),
                                snapshot -> read.handler().handle(ReadCall.of(snapshot, caller), request)),
                        room));
    }

    /**
     * Answers what the handler does, once that is durable.
     *
     * @param requestId what the event log will call the request
     * @param dryRun whether nothing of it is to remain
     */
    public <Q extends Record> Object change(
            Caller caller, String requestId, Operation.Change<Q> change, Q request, boolean dryRun) {
        Origin origin = caller.origin(requestId);
        Function<ChangeCall, ?> prepared = change.handler().prepared(caller.account(), request);
        Function<UnitOfWork, Object> handled = work -> prepared.apply(new ChangeCall(work, caller.account()));
        return dryRun
                ? reads.<Object>taking(caller.account(), () -> store.rehearse(caller.region(), origin, handled))
                : store.change(caller.region(), origin, handled);
    }
}
