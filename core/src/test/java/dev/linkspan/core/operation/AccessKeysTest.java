package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessKeysTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccessKeys keys = new AccessKeys(new CountingCredentials());
    private final AccountId owner = fixture.account();
    private final AccountId stranger = fixture.account();

    private AccessKey create(Optional<Instant> expiresAt) {
        return fixture.change(unit -> keys.create(unit, owner, Optional.of("laptop"), expiresAt));
    }

    private AccessKey update(AccessKey key, AccessKeyChange change) {
        return fixture.change(unit -> keys.update(unit, owner, key.id(), change));
    }

    private Optional<AccessKey> current(AccessKeyId id) {
        return fixture.read(snapshot -> snapshot.accessKeys().find(id));
    }

    private List<Event> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100));
    }

    @Nested
    class Create {

        @Test
        void a_key_signs_at_once_and_has_a_secret_that_the_log_does_not_hold() {
            AccessKey key = create(Optional.empty());

            assertThat(current(key.id())).contains(key);
            assertThat(key.usableAt(fixture.now())).isTrue();
            assertThat(events()).singleElement().satisfies(event -> {
                assertThat(event.fact().type()).isEqualTo(EventType.ACCESS_KEY_CREATED);
                assertThat(event.toString()).doesNotContain(key.secret());
            });
        }

        @Test
        void a_key_with_an_end_signs_until_then() {
            Instant end = fixture.now().plusSeconds(60);
            AccessKey key = create(Optional.of(end));

            assertThat(key.usableAt(end.minusMillis(1))).isTrue();
            assertThat(key.usableAt(end)).isFalse();
        }

        @Test
        void an_end_that_is_not_in_the_future_is_refused() {
            assertRefused(RefusalCode.BAD_VALUE, () -> create(Optional.of(fixture.now())))
                    .contains("expiration date");
        }

        @Test
        void the_account_must_exist() {
            assertRefused(
                    RefusalCode.UNKNOWN_ACCOUNT,
                    () -> fixture.change(unit ->
                            keys.create(unit, new AccountId("999999999999"), Optional.empty(), Optional.empty())));
        }
    }

    @Nested
    class Update {

        @Test
        void a_key_can_be_switched_off_and_on() {
            AccessKey key = create(Optional.empty());
            store.advance(Duration.ofMinutes(1));

            AccessKey off = update(key, AccessKeyChange.active(false));
            assertThat(off.usableAt(fixture.now())).isFalse();
            assertThat(off.modifiedAt()).isEqualTo(fixture.now());

            assertThat(update(key, AccessKeyChange.active(true)).usableAt(fixture.now()))
                    .isTrue();
        }

        @Test
        void its_end_and_its_tag_can_be_set_and_cleared() {
            AccessKey key = create(Optional.of(fixture.now().plusSeconds(60)));
            Instant later = fixture.now().plusSeconds(120);

            AccessKey changed = update(
                    key,
                    new AccessKeyChange(Optional.empty(), Optional.of("server"), false, Optional.of(later), false));
            assertThat(changed.tag()).contains("server");
            assertThat(changed.expiresAt()).contains(later);

            AccessKey cleared =
                    update(key, new AccessKeyChange(Optional.empty(), Optional.empty(), true, Optional.empty(), true));
            assertThat(cleared.tag()).isEmpty();
            assertThat(cleared.expiresAt()).isEmpty();
            assertThat(cleared.active()).isTrue();
        }

        @Test
        void an_end_cannot_be_set_and_cleared_at_once() {
            AccessKey key = create(Optional.empty());
            Instant later = fixture.now().plusSeconds(120);

            assertRefused(
                    RefusalCode.PARAMETER_COMBINATION,
                    () -> update(
                            key,
                            new AccessKeyChange(Optional.empty(), Optional.empty(), false, Optional.of(later), true)));
        }

        @Test
        void changing_nothing_is_no_event() {
            AccessKey key = create(Optional.empty());
            store.advance(Duration.ofMinutes(1));

            assertThat(update(key, AccessKeyChange.active(true))).isEqualTo(key);
            assertThat(events()).hasSize(1);
        }
    }

    @Test
    void a_deleted_key_is_gone() {
        AccessKey key = create(Optional.empty());

        fixture.change(unit -> {
            keys.delete(unit, owner, key.id());
            return key;
        });

        assertThat(current(key.id())).isEmpty();
    }

    @Test
    @Rule("A4")
    void a_key_of_another_account_is_unknown() {
        AccessKey key = create(Optional.empty());

        assertRefused(
                        RefusalCode.UNKNOWN_ACCESS_KEY,
                        () -> fixture.change(
                                unit -> keys.update(unit, stranger, key.id(), AccessKeyChange.active(false))))
                .contains(key.id().value());
        assertRefused(
                RefusalCode.UNKNOWN_ACCESS_KEY,
                () -> fixture.change(unit -> {
                    keys.delete(unit, stranger, key.id());
                    return key;
                }));
        assertThat(current(key.id())).contains(key);
    }
}
