package dev.linkspan.server.api.sigv4;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.Roles;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.sigv4.SignedRequests.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are signed with the temporary key of a role session. */
class RoleSessionAuthenticationTest {

    private static final AccessKeyId KEY = new AccessKeyId("ASIA0000000000000001");
    private static final Instant EXPIRY = Instant.parse("2026-11-22T19:44:49Z");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId by = fixture.account();
    private final AccountId owner = fixture.account();
    private final TestClock realTime = new TestClock();
    private final RequestRegion regions =
            new RequestRegion(List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION))));
    private final SessionTokens tokens = new SessionTokens(Seals.sealing(1));
    private final RoleSession session = session(owner);
    private final SigningKey key = key(session);

    private RoleSession session(AccountId actsAs) {
        return new RoleSession(KEY, "secret-of-the-session", new Role(actsAs, "peering"), by, "alice", EXPIRY);
    }

    private SigningKey key(RoleSession of) {
        return new SigningKey(of.key().value(), of.secret(), tokens.token(of));
    }

    private Caller authenticate(Authenticator authenticator, SigningKey with) {
        return authenticator.authenticate(SignedRequests.signed(SignatureFamily.AWS, with, realTime.instant()));
    }

    @Nested
    class Where_signatures_are_checked {

        private final SignatureAuthenticator authenticator =
                admitting(Roles.listed(Map.of(session.role(), Set.of(by))));

        private SignatureAuthenticator admitting(Roles roles) {
            return new SignatureAuthenticator(store, regions, tokens, roles, realTime);
        }

        private AbstractStringAssert<?> refused(RefusalCode code, SigningKey with) {
            return assertRefused(code, () -> authenticate(authenticator, with));
        }

        @ParameterizedTest
        @EnumSource
        @Rule("A1")
        void it_acts_as_the_roles_account(SignatureFamily family) {
            assertThat(authenticator.authenticate(SignedRequests.signed(family, key, realTime.instant())))
                    .isEqualTo(new Caller(owner, Fixture.REGION, Optional.of(session)));
        }

        @Test
        @Rule("T1")
        void it_expires_by_the_real_time_whatever_the_regions_clock() {
            store.advance(Duration.ofDays(7));
            realTime.set(EXPIRY.minusMillis(1));
            assertThat(authenticate(authenticator, key).account()).isEqualTo(owner);
            realTime.set(EXPIRY);
            refused(RefusalCode.SESSION_EXPIRED, key).contains(EXPIRY.toString());
        }

        @Test
        void without_its_token_the_key_does_not_exist() {
            refused(RefusalCode.UNKNOWN_KEY, new SigningKey(key.id(), key.secret(), ""))
                    .contains("X-Amz-Security-Token");
        }

        @Test
        void a_token_of_another_key_or_of_nobody_is_refused() {
            refused(RefusalCode.UNKNOWN_KEY, new SigningKey("ASIA0000000000000002", key.secret(), key.token()));
            refused(RefusalCode.UNKNOWN_KEY, new SigningKey(key.id(), key.secret(), "IQoJb3JpZ2luX2VjEJ3"));
        }

        @Test
        void the_token_must_be_signed_too() {
            String unsigned = SignedRequests.signed(
                            SignatureFamily.AWS, new SigningKey(key.id(), key.secret(), ""), realTime.instant())
                    .headers()
                    .first("Authorization")
                    .orElseThrow();
            assertRefused(
                            RefusalCode.NOT_SIGNED,
                            () -> authenticator.authenticate(SignedRequests.with(
                                    SignedRequests.signed(SignatureFamily.AWS, key, realTime.instant()),
                                    "authorization",
                                    unsigned)))
                    .contains("X-Amz-Security-Token");
        }

        @Test
        @Rule("A3")
        void four_failures_lock_the_sessions_key_alone() {
            SigningKey wrong = new SigningKey(key.id(), "guessed", key.token());
            for (int i = 0; i < 4; i++) {
                refused(RefusalCode.NOT_SIGNED, wrong);
            }
            refused(RefusalCode.LOCKED_OUT, key);
            realTime.advance(Duration.ofMinutes(1));
            assertThat(authenticate(authenticator, key).account()).isEqualTo(owner);
        }

        @Test
        void it_ends_when_the_operator_withdraws_the_role() {
            Authenticator restarted = admitting(Roles.listed(Map.of(session.role(), Set.of(owner))));
            assertRefused(RefusalCode.UNKNOWN_KEY, () -> authenticate(restarted, key));
        }

        @Test
        void it_does_not_act_as_an_account_that_is_not_there() {
            RoleSession ghost = session(new AccountId("999999999999"));
            Authenticator listing = admitting(Roles.listed(Map.of(ghost.role(), Set.of(by))));
            assertRefused(RefusalCode.UNKNOWN_KEY, () -> authenticate(listing, key(ghost)));
        }
    }

    @Nested
    @Rule("A6")
    class Where_every_request_is_believed {

        private final TrustingAuthenticator authenticator =
                new TrustingAuthenticator(store, regions, new Accounts(new CountingCredentials()), tokens, realTime);

        @Test
        void it_acts_as_the_roles_account_whatever_the_signature() {
            assertThat(authenticate(authenticator, new SigningKey(key.id(), "guessed", key.token())))
                    .isEqualTo(new Caller(owner, Fixture.REGION, Optional.of(session)));
        }

        @Test
        void the_roles_account_is_made_on_first_use() {
            AccountId fresh = new AccountId("999999999999");
            assertThat(authenticate(authenticator, key(session(fresh))).account())
                    .isEqualTo(fresh);
            boolean made =
                    fixture.read(snapshot -> snapshot.accounts().find(fresh).isPresent());
            assertThat(made).isTrue();
        }

        @Test
        @Rule("T1")
        void it_expires() {
            realTime.set(EXPIRY);
            assertRefused(RefusalCode.SESSION_EXPIRED, () -> authenticate(authenticator, key));
        }

        @Test
        void a_token_of_another_server_is_refused_and_one_of_another_product_says_nothing() {
            String foreign = new SessionTokens(Seals.sealing(2)).token(session);
            assertRefused(
                    RefusalCode.UNKNOWN_KEY,
                    () -> authenticate(authenticator, new SigningKey(key.id(), key.secret(), foreign)));
            assertThat(authenticate(authenticator, new SigningKey(key.id(), key.secret(), "IQoJb3JpZ2luX2VjEJ3"))
                            .account())
                    .isEqualTo(TrustingAuthenticator.ANYBODY);
        }
    }
}
