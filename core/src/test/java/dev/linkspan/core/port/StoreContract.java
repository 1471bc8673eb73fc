package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.OptionalAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every {@link Store} keeps, in parts: {@link StoreChangesContract}, {@link StoredValuesContract}, {@link
 * StoredSignInsContract}, {@link StoredKeypairsContract}, {@link StoredVolumesContract}, {@link StoredHostsContract}, {@link StoredNetworkAclsContract},
 * {@link StoredExitsContract}, {@link StoredInsightsContract}, {@link StoredPeeringsContract} and {@link StoredEventsContract}.
 * A store's test extends each and opens the store that is to be tried.
 */
abstract class StoreContract {

    final TestClock clock = new TestClock();
    Store store;
    Fixture fixture;
    Fixture elsewhere;

    /** Opens an empty store for {@link Fixture#REGION} and {@link Fixture#OTHER_REGION}. */
    protected abstract Store open(InstantSource clock);

    @BeforeEach
    void openStore() {
        store = open(clock);
        fixture = new Fixture(store);
        elsewhere = new Fixture(store, Fixture.OTHER_REGION);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    <T> OptionalAssert<T> assertOne(Function<Snapshot, Optional<T>> query) {
        return assertOne(fixture, query);
    }

    static <T> OptionalAssert<T> assertOne(Fixture where, Function<Snapshot, Optional<T>> query) {
        return assertThat(where.read(query));
    }

    <T> ListAssert<T> assertList(Function<Snapshot, List<T>> query) {
        return assertList(fixture, query);
    }

    static <T> ListAssert<T> assertList(Fixture where, Function<Snapshot, List<T>> query) {
        return assertThat(where.read(query));
    }

    /** The store refuses it as a bug: an operation should have checked before. */
    static void assertBug(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(IllegalStateException.class).hasMessageStartingWith("BUG:");
    }
}
