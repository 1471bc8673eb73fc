package dev.linkspan.server.api.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.operation.AccessKeys;
import dev.linkspan.core.operation.Accounts;
import dev.linkspan.core.operation.Hosts;
import dev.linkspan.core.operation.NetPeerings;
import dev.linkspan.core.operation.RouteTables;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.operation.Subregions;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Credentials;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.port.NetworkStatus.Carrier;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.resource.routing.RouteTableCalls;
import dev.linkspan.server.api.session.PasswordHashes;
import dev.linkspan.server.api.session.PasswordSignIn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OwnEndpointTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TOKEN = "the-token";

    /** Counts up. */
    private static final class CountedCredentials implements Credentials {

        private final AtomicInteger drawn = new AtomicInteger();

        @Override
        public AccountId newAccountId() {
            return new AccountId("%012d".formatted(drawn.incrementAndGet()));
        }

        @Override
        public AccessKeyId newAccessKeyId() {
            return new AccessKeyId("KEY" + drawn.incrementAndGet());
        }

        @Override
        public AccessKeyId newSessionKeyId() {
            return new AccessKeyId("ASIA" + drawn.incrementAndGet());
        }

        @Override
        public String newSecret() {
            return "secret" + drawn.incrementAndGet();
        }
    }

    /** The store's test clock. */
    private record MovedClock(InMemoryStore store) implements RegionClock {

        @Override
        public String kind() {
            return "manual";
        }

        @Override
        public Instant now() {
            return store.now();
        }

        @Override
        public Instant advance(Duration by, Origin origin) {
            if (by.isNegative()) {
                throw Refusal.badValue("Duration", by, "time does not run backwards");
            }
            store.advance(by);
            return store.now();
        }
    }

    private record Answer(int status, JsonNode body) {

        String code() {
            return body.path("Errors").path(0).path("Code").asString();
        }
    }

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final List<Region> regions = List.of(
            new Region(Fixture.REGION, List.of(Fixture.SUBREGION, new SubregionName("eu-west-2b"))),
            new Region(Fixture.OTHER_REGION, List.of(new SubregionName("us-east-2a"))));
    private final Subregions subregions = new Subregions(regions);
    private final OwnEndpoint endpoint = endpoint(new MovedClock(store));

    private final Download backup = new Download() {
        @Override
        public String contentType() {
            return "application/gzip";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write("everything".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    };

    private static final Map<NetId, FlowTable> FLOW_TABLES = Map.of(
            new NetId("vpc-12345678"),
            new FlowTable(250, 1_000, Set.of(), Set.of(new NetPeeringId("pcx-12345678"))),
            new NetId("vpc-87654321"),
            new FlowTable(10, 1_000, Set.of(), Set.of()));

    private record Particulars(Optional<String> runFolder, long pid, boolean rootless) {}

    private OwnEndpoint endpoint(RegionClock clock) {
        List<RegionName> names = List.of(Fixture.REGION, Fixture.OTHER_REGION);
        Credentials credentials = new CountedCredentials();
        PasswordHashes hashes = new PasswordHashes();
        NetworkStatus network = new NetworkStatus() {
            @Override
            public Report report() {
                return new Report(
                        new Carrier("netns", true, new Particulars(Optional.of("/run/linkspan/test"), 4711, true)),
                        false,
                        new Progress(
                                Map.of(Fixture.REGION, 1L),
                                Duration.ofMillis(40),
                                2,
                                Map.of(),
                                Optional.of(new InitialSync(3, 5))));
            }

            @Override
            public Map<NetId, FlowTable> flowTables() {
                return FLOW_TABLES;
            }
        };
        return new OwnEndpoint(
                TOKEN,
                OwnEndpointTest::authenticate,
                new AccountCalls(store, Fixture.REGION, new Accounts(credentials), new AccessKeys(credentials), hashes),
                new RegionCalls(store, subregions, clock),
                new HostCalls(store, subregions, new Hosts(subregions), credentials::newSecret),
                new EventCalls(store, names, new ReadTurns()),
                new StatusCall(
                        store,
                        regions,
                        clock,
                        network,
                        Particulars.class,
                        new StatusCall.ServerProcess("1.2.3", Instant.now()),
                        () -> new StatusCall.Written(12, 3)),
                new BackupCall(() -> backup),
                new ResetCall(Optional.empty()),
                new ReachabilityCalls(store, names, new RouteTableCalls(new RouteTables()).operations()),
                new ProbeCalls(store, (_, _) -> ProbeAnswer.silence("nothing")),
                new OwnAccountCalls(
                        store,
                        Fixture.REGION,
                        new Accounts(credentials),
                        hashes,
                        new PasswordSignIn(store, Fixture.REGION, new Sessions(false), hashes),
                        InstantSource.system(),
                        new ReadTurns()),
                new PeeringRequestCalls(store, new NetPeerings(PeeringRules.STANDARD), new ReadTurns()));
    }

    /** Believes a header, and refuses who has none. */
    private static Caller authenticate(ApiRequest request) {
        return request.headers()
                .first("X-Account")
                .map(account -> new Caller(new AccountId(account), Fixture.REGION))
                .orElseThrow(() -> new Refusal(RefusalCode.NOT_SIGNED, "nobody"));
    }

    private Answer call(String name, String arguments) {
        return send("POST", "/linkspan/v1/" + name, Map.of("Authorization", List.of("Bearer " + TOKEN)), arguments);
    }

    private Answer send(String method, String path, Map<String, List<String>> headers, String body) {
        ApiResponse response = endpoint.answer(new ApiRequest(
                "r", method, path, "", Headers.of(headers), body.getBytes(StandardCharsets.UTF_8), false, "127.0.0.1"));
        return new Answer(response.status(), JSON.readTree(response.body()));
    }

    @Test
    void what_is_for_accounts_alone_is_not_for_the_operator() {
        AccountId account = fixture.account();
        Answer signed =
                send("POST", "/linkspan/v1/ReadOwnAccount", Map.of("X-Account", List.of(account.value())), "{}");

        assertThat(signed.status()).isEqualTo(200);
        assertThat(signed.body().path("Account").path("AccountId").asString()).isEqualTo(account.value());
        assertThat(call("ReadOwnAccount", "{}").code()).isEqualTo("1");
    }

    @Test
    void an_account_may_trace_paths_signed_and_the_operator_with_the_token() {
        String arguments = "{\"From\":\"i-12345678\",\"To\":\"10.0.0.4\"}";
        Answer unsigned = send("POST", "/linkspan/v1/TracePath", Map.of(), arguments);
        Answer signed = send("POST", "/linkspan/v1/TracePath", Map.of("X-Account", List.of("111111111111")), arguments);
        Answer wrongToken =
                send("POST", "/linkspan/v1/TracePath", Map.of("Authorization", List.of("Bearer wrong")), arguments);

        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(signed.code()).isEqualTo("5063");
        assertThat(call("TracePath", arguments).code()).isEqualTo("5063");
        assertThat(wrongToken.status()).isEqualTo(401);
    }

    @Test
    void a_backup_is_a_download_for_the_operator_alone() {
        assertThat(send("POST", "/linkspan/v1/Backup", Map.of(), "{}").status()).isEqualTo(401);

        ApiResponse response = endpoint.answer(new ApiRequest(
                "r",
                "POST",
                "/linkspan/v1/Backup",
                "",
                Headers.of(Map.of("Authorization", List.of("Bearer " + TOKEN))),
                "{}".getBytes(StandardCharsets.UTF_8),
                false,
                "127.0.0.1"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo("application/gzip");
        assertThat(response.download()).containsSame(backup);
    }

    @Test
    @Rule("A4")
    void accounts_make_the_calls_that_are_theirs_too_and_no_other() {
        AccountId account = fixture.account();
        Map<String, List<String>> signed = Map.of("X-Account", List.of(account.value()));

        assertThat(send("POST", "/linkspan/v1/ReadEvents", signed, "{}").status())
                .isEqualTo(200);
        assertThat(send("POST", "/linkspan/v1/ReadEvents", Map.of(), "{}").status())
                .isEqualTo(401);
        assertThat(call("ReadEvents", "{}").status()).isEqualTo(200);
        assertThat(send("POST", "/linkspan/v1/ReadAccounts", signed, "{}").status())
                .isEqualTo(401);
        assertThat(send("POST", "/linkspan/v1/Backup", signed, "{}").status()).isEqualTo(401);
        assertThat(send("POST", "/linkspan/v1/UpdateAccount", signed, "{}").status())
                .isEqualTo(401);
    }

    private static Set<SubregionName> failed(Fixture region) {
        return region.read(snapshot -> snapshot.subregions().failed());
    }

    @Test
    void an_account_with_a_password_keeps_a_hash_of_it() {
        JsonNode made = call("CreateAccount", "{\"Email\":\"Ops@example.org\",\"Password\":\"correct horse\"}")
                .body();
        AccountId account = new AccountId(made.path("Account").path("AccountId").asString());

        assertThat(made.path("Account").path("Email").asString()).isEqualTo("ops@example.org");
        assertThat(made.toString()).doesNotContain("horse");
        String hash = fixture.read(
                        snapshot -> snapshot.passwords().find(account).orElseThrow())
                .hash();
        assertThat(new PasswordHashes().matches("here", "correct horse", hash)).isTrue();
    }

    @Test
    void a_password_is_set_later_with_an_address_if_there_was_none() {
        AccountId account = fixture.account();
        String update = "{\"AccountId\":\"%s\",\"Password\":\"correct horse\"%s}";

        assertThat(call("UpdateAccount", update.formatted(account, "")).code()).isEqualTo("3002");
        Answer answer = call("UpdateAccount", update.formatted(account, ",\"Email\":\"ops@example.org\""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("Account").path("Email").asString()).isEqualTo("ops@example.org");
        assertThat(call("UpdateAccount", update.formatted(account, "")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CreateAccount | {'Password':'correct horse'}                                    | 3002",
                "CreateAccount | {'Email':'new@example.org','Password':'short'}                  | 4045",
                "CreateAccount | {'Email':'new','Password':'correct horse'}                      | 4047",
                "CreateAccount | {'Email':'TAKEN@example.org'}                                   | 9029",
                "UpdateAccount | {'AccountId':'999999999999','Password':'correct horse'}         | 5000",
                "UpdateAccount | {'Password':'correct horse'}                                    | 7000",
            })
    void a_wrong_password_or_address_is_refused_and_changes_nothing(String name, String arguments, String code) {
        call("CreateAccount", "{\"Email\":\"taken@example.org\"}");
        List<Account> before = fixture.read(snapshot -> snapshot.accounts().all());

        assertThat(call(name, arguments.replace('\'', '"')).code()).isEqualTo(code);

        assertThat(fixture.<List<Account>>read(snapshot -> snapshot.accounts().all()))
                .isEqualTo(before);
    }

    @Test
    void an_account_is_made_with_a_key() {
        JsonNode made = call("CreateAccount", "{\"Email\":\"ops@example.org\"}").body();
        AccountId id = new AccountId(made.path("Account").path("AccountId").asString());
        AccessKeyId key =
                new AccessKeyId(made.path("AccessKey").path("AccessKeyId").asString());
        assertThat(fixture.read(snapshot -> snapshot.accessKeys().find(key))
                        .orElseThrow()
                        .owner())
                .isEqualTo(id);
        assertThat(made.path("AccessKey").path("SecretKey").asString()).isNotEmpty();
        JsonNode listed = call("ReadAccounts", "").body().path("Accounts");
        assertThat(listed.path(0).path("Email").asString()).isEqualTo("ops@example.org");
    }

    @Test
    void an_account_has_as_many_keys_as_are_made_and_shows_no_secret() {
        AccountId account = fixture.account();
        String arguments = "{\"AccountId\":\"%s\"}".formatted(account);
        assertThat(call("CreateAccessKey", arguments)
                        .body()
                        .path("AccessKey")
                        .path("SecretKey")
                        .asString())
                .isNotEmpty();
        JsonNode keys = call("ReadAccessKeys", arguments).body().path("AccessKeys");
        assertThat(keys).hasSize(1);
        assertThat(keys.path(0).has("SecretKey")).isFalse();
        assertThat(keys.path(0).path("State").asString()).isEqualTo("ACTIVE");
    }

    @Test
    @Rule("P12")
    void a_quota_is_set_and_unset() {
        String account = fixture.account().value();
        String named = "{\"AccountId\":\"%s\",\"Name\":\"active-peerings-per-net\"".formatted(account);
        assertThat(call("UpdateQuota", named + ",\"MaxValue\":3}")
                        .body()
                        .path("MaxValue")
                        .asInt())
                .isEqualTo(3);
        assertThat(call("UpdateQuota", named + "}").body().path("MaxValue").asInt())
                .isEqualTo(125);
    }

    @Test
    void a_subregion_fails_and_heals() {
        call("FailSubregion", "{\"SubregionName\":\"eu-west-2a\"}");
        assertThat(failed(fixture)).containsExactly(Fixture.SUBREGION);
        assertThat(call("ReadStatus", "")
                        .body()
                        .path("Regions")
                        .path(0)
                        .path("Subregions")
                        .toString())
                .isEqualTo("[{\"State\":\"failed\",\"SubregionName\":\"eu-west-2a\"},"
                        + "{\"State\":\"available\",\"SubregionName\":\"eu-west-2b\"}]");
        call("HealSubregion", "{\"SubregionName\":\"eu-west-2a\"}");
        assertThat(failed(fixture)).isEmpty();
    }

    @Test
    void a_subregion_of_another_region_fails_there() {
        call("FailSubregion", "{\"SubregionName\":\"us-east-2a\"}");
        assertThat(failed(new Fixture(store, Fixture.OTHER_REGION))).containsExactly(new SubregionName("us-east-2a"));
    }

    @Test
    @Rule("T1")
    void the_clock_moves_by_call() {
        Instant before = store.now();
        JsonNode moved = call("AdvanceClock", "{\"Duration\":\"P7D\"}").body();
        assertThat(moved.path("Clock").path("Now").asString()).isEqualTo("2026-11-29T18:44:49.123Z");
        assertThat(store.now()).isEqualTo(before.plus(Duration.ofDays(7)));
        assertThat(call("ReadClock", "").body().path("Clock").path("Kind").asString())
                .isEqualTo("manual");
    }

    @Test
    void the_status_counts_what_there_is() {
        AccountId account = fixture.account();
        Net one = fixture.net(account, "10.0.0.0/16");
        Net other = fixture.net(fixture.account(), "10.1.0.0/16");
        fixture.vm(fixture.subnet(one, "10.0.0.0/24"), "10.0.0.4");
        fixture.activePeering(one, other);
        JsonNode status = call("ReadStatus", "").body();
        assertThat(status.path("Version").asString()).isEqualTo("1.2.3");
        assertThat(status.path("Network").path("Driver").asString()).isEqualTo("netns");
        assertThat(status.path("Network").path("RunFolder").asString()).isEqualTo("/run/linkspan/test");
        assertThat(status.path("Network").path("Pid").asLong()).isEqualTo(4711);
        assertThat(status.path("Network").path("Rootless").asBoolean()).isTrue();
        assertThat(status.path("Network").path("Flows").toString())
                .isEqualTo("{\"Fullest\":250,\"FullestNetId\":\"vpc-12345678\",\"Limited\":[{\"Flows\":250,"
                        + "\"NetId\":\"vpc-12345678\",\"NetPeeringIds\":[\"pcx-12345678\"],\"NicIds\":[],"
                        + "\"TableFull\":false}],\"Most\":1000,\"Total\":260}");
        assertThat(status.path("Store").toString()).isEqualTo("{\"Changes\":12,\"Commits\":3}");
        JsonNode region = status.path("Regions").path(0);
        assertThat(region.path("Nets").asInt()).isEqualTo(2);
        assertThat(region.path("Vms").toString()).isEqualTo("{\"running\":1}");
        assertThat(region.path("NetPeerings").toString()).isEqualTo("{\"active\":1}");
    }

    @ParameterizedTest
    @CsvSource({"Bearer wrong, 1", "Basic the-token, 1", "Bearer, 1"})
    void without_the_token_nothing_is_done(String authorization, String code) {
        Answer answer =
                send("POST", "/linkspan/v1/CreateAccount", Map.of("Authorization", List.of(authorization)), "{}");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(code);
        List<Account> accounts = fixture.read(snapshot -> snapshot.accounts().all());
        assertThat(accounts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NoSuchCall      | {}                                                           | 12000
            CreateAccount   | {"Colour":1}                                                 | 3001
            FailSubregion   | {}                                                           | 7000
            FailSubregion   | {"SubregionName":"mars"}                                     | 5009
            AdvanceClock    | {}                                                           | 7000
            AdvanceClock    | {"Duration":"a week"}                                        | 4047
            AdvanceClock    | {"Duration":7}                                               | 4110
            AdvanceClock    | {"Duration":"-P1D"}                                          | 4045
            ReadAccessKeys  | {"AccountId":"999999999999"}                                 | 5000
            CreateAccessKey | {"AccountId":"999999999999"}                                 | 5000
            UpdateQuota     | {"AccountId":"999999999999","Name":"nets","MaxValue":1}      | 5000
            UpdateQuota     | {"AccountId":"999999999999","Name":"hopes","MaxValue":1}     | 4047
            """)
    void bad_input_is_refused(String call, String arguments, String code) {
        assertThat(call(call, arguments).code()).isEqualTo(code);
    }

    @Test
    @Rule("T1")
    void a_clock_that_is_the_systems_is_not_moved() {
        OwnEndpoint onSystemTime = endpoint(new RegionClock() {
            @Override
            public String kind() {
                return "system";
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public Instant advance(Duration by, Origin origin) {
                throw new Refusal(RefusalCode.INVALID_STATE, "The clock is the system's.");
            }
        });
        ApiResponse response = onSystemTime.answer(new ApiRequest(
                "r",
                "POST",
                "/linkspan/v1/AdvanceClock",
                "",
                Headers.of(Map.of("Authorization", List.of("Bearer " + TOKEN))),
                "{\"Duration\":\"P1D\"}".getBytes(StandardCharsets.UTF_8),
                false,
                "127.0.0.1"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"6004\"");
    }
}
