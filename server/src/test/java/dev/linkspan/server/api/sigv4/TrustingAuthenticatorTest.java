package dev.linkspan.server.api.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.port.Credentials;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rule("A6")
class TrustingAuthenticatorTest {

    /** Nothing is drawn where the id is the client's. */
    private static final Credentials NONE = new Credentials() {
        @Override
        public AccountId newAccountId() {
            throw new AssertionError("no account id is to be drawn");
        }

        @Override
        public AccessKeyId newAccessKeyId() {
            throw new AssertionError("no key is to be drawn");
        }

        @Override
        public AccessKeyId newSessionKeyId() {
            throw new AssertionError("no key is to be drawn");
        }

        @Override
        public String newSecret() {
            throw new AssertionError("no secret is to be drawn");
        }
    };

    private final InMemoryStore store = new InMemoryStore();
    private final TrustingAuthenticator authenticator = new TrustingAuthenticator(
            store,
            new RequestRegion(List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION)))),
            new Accounts(NONE),
            new SessionTokens(Seals.sealing(1)),
            new TestClock());

    private AccountId account(Map<String, List<String>> headers) {
        return authenticator
                .authenticate(new ApiRequest(
                        "request", "POST", "/api/v1/ReadNets", "", Headers.of(headers), new byte[0], false, "::1"))
                .account();
    }

    @ParameterizedTest
    @CsvSource({
        "OSC4-HMAC-SHA256 Credential=222222222222/20261122/eu-west-2/api/osc4_request; Signature=0,    222222222222",
        "AWS4-HMAC-SHA256 Credential=222222222222/20261122/eu-west-2/ec2/aws4_request; Signature=0,    222222222222",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-west-2/ec2/aws4_request; Signature=0,     123456789012",
        "Basic dXNlcjpwYXNzd29yZA==,                                                                   123456789012",
    })
    void a_key_of_twelve_digits_acts_as_that_account(String authorization, String expected) {
        assertThat(account(Map.of("Authorization", List.of(authorization)))).isEqualTo(new AccountId(expected));
    }

    @Test
    void an_address_that_was_signed_beforehand_acts_as_the_account_that_it_names() {
        String query = "Action=DescribeVpcs&X-Amz-Credential=222222222222%2F20261122%2Feu-west-2%2Fec2%2Faws4_request";
        ApiRequest request = new ApiRequest("request", "GET", "/", query, Headers.NONE, new byte[0], false, "::1");

        assertThat(authenticator.authenticate(request).account()).isEqualTo(new AccountId("222222222222"));
    }

    @Test
    void the_account_is_made_on_first_use() {
        AccountId first = account(Map.of());
        assertThat(account(Map.of())).isEqualTo(first).isEqualTo(TrustingAuthenticator.ANYBODY);
        List<Account> accounts =
                new Fixture(store).read(snapshot -> snapshot.accounts().all());
        assertThat(accounts).extracting(Account::id).containsExactly(first);
    }
}
