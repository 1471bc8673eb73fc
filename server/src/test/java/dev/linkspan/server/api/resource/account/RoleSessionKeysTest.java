package dev.linkspan.server.api.resource.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.account.AccessKey;
import dev.linkspan.core.account.Role;
import dev.linkspan.core.account.RoleSession;
import dev.linkspan.core.event.ActingSession;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.CountingCredentials;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.oapi.OapiEndpoint;
import dev.linkspan.server.api.resource.net.NetCalls;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an account does in a role: it is told whose doing it was, and leaves nothing behind that signs. */
class RoleSessionKeysTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId trusted = fixture.account();
    private final AccountId owner = fixture.account();
    private final AccessKeys keys = new AccessKeys(new CountingCredentials());
    private final AccessKey key = fixture.change(unit -> keys.create(unit, owner, Optional.empty(), Optional.empty()));
    private final RoleSession session = new RoleSession(
            new AccessKeyId("ASIA1"),
            "secret",
            new Role(owner, "peering"),
            trusted,
            "alice",
            Instant.parse("2099-01-01T00:00:00Z"));
    private final Caller inRole = new Caller(owner, Fixture.REGION, Optional.of(session));
    private final OapiEndpoint api = new OapiEndpoint(
            store,
            _ -> inRole,
            Stream.of(new AccessKeyCalls(keys).operations(), new NetCalls(new Nets()).operations())
                    .flatMap(List::stream)
                    .<Operation>map(it -> it)
                    .toList());

    private ApiResponse call(String name, String arguments) {
        return api.answer(new ApiRequest(
                "request",
                "POST",
                "/api/v1/" + name,
                "",
                Headers.of(Map.of()),
                arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                false,
                "127.0.0.1"));
    }

    private List<Event> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100));
    }

    @Test
    void a_session_makes_changes_and_deletes_no_access_key() {
        List<Event> before = events();
        for (Map.Entry<String, String> change : Map.of(
                        "CreateAccessKey", "{}",
                        "UpdateAccessKey", "{'AccessKeyId':'%s','State':'INACTIVE'}".formatted(key.id()),
                        "DeleteAccessKey", "{'AccessKeyId':'%s'}".formatted(key.id()))
                .entrySet()) {
            ApiResponse answer = call(change.getKey(), change.getValue());

            assertThat(answer.status()).as(change.getKey()).isEqualTo(401);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .contains("\"Code\":\"4\"", "'alice' of the role 'peering'", "A key of the account " + owner);
        }
        assertThat(call("CreateAccessKey", "{'DryRun':true}").status()).isEqualTo(401);
        List<AccessKey> kept = fixture.read(snapshot -> snapshot.accessKeys().ofOwner(owner));
        assertThat(kept).containsExactly(key);
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void the_event_log_names_session_role_and_caller_of_everything_else() {
        assertThat(call("CreateNet", "{'IpRange':'10.0.0.0/16'}").status()).isEqualTo(200);

        assertThat(events().getLast().origin().actor()).isEqualTo(owner.value());
        assertThat(events().getLast().origin().session()).contains(new ActingSession(trusted, "peering", "alice"));
    }
}
