package dev.linkspan.server.api.sigv4;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.refusal.RefusalCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@Rule("A2")
class SessionTokensTest {

    private static final AccessKeyId KEY = new AccessKeyId("ASIA0000000000000001");
    private static final RoleSession SESSION = new RoleSession(
            KEY,
            "secret-of-the-session",
            new Role(new AccountId("222222222222"), "peering"),
            new AccountId("111111111111"),
            "alice@example.org",
            Instant.parse("2026-11-22T19:44:49Z"));

    private final SessionTokens tokens = new SessionTokens(Seals.sealing(1));

    @Test
    void another_server_with_the_same_master_key_knows_the_session() {
        SessionTokens elsewhere = new SessionTokens(Seals.sealing(1));
        assertThat(elsewhere.session(tokens.token(SESSION), KEY)).isEqualTo(SESSION);
    }

    @Test
    void a_server_with_another_master_key_does_not() {
        SessionTokens elsewhere = new SessionTokens(Seals.sealing(2));
        assertRefused(RefusalCode.UNKNOWN_KEY, () -> elsewhere.session(tokens.token(SESSION), KEY));
    }

    @Test
    void a_token_is_of_no_use_with_another_key() {
        assertRefused(
                RefusalCode.UNKNOWN_KEY,
                () -> tokens.session(tokens.token(SESSION), new AccessKeyId("ASIA0000000000000002")));
    }

    @Test
    void a_token_of_which_anything_was_changed_or_cut_off_is_refused() {
        String token = tokens.token(SESSION).replace("=", "");
        for (int i = 0; i < token.length(); i++) {
            String changed = token.substring(0, i) + (token.charAt(i) == 'A' ? '/' : 'A') + token.substring(i + 1);
            String cut = token.substring(0, i);
            assertRefused(RefusalCode.UNKNOWN_KEY, () -> tokens.session(changed, KEY));
            assertRefused(RefusalCode.UNKNOWN_KEY, () -> tokens.session(cut, KEY));
        }
    }

    @Test
    void a_token_shows_nothing_of_the_session() {
        assertThat(tokens.token(SESSION))
                .doesNotContain("secret", "222222222222", "peering")
                .isNotEqualTo(tokens.token(SESSION))
                .hasSizeLessThan(400);
    }

    @Test
    void a_session_that_is_printed_does_not_show_its_secret() {
        assertThat(SESSION.toString()).doesNotContain("secret-of-the-session").contains(KEY.value());
    }
}
