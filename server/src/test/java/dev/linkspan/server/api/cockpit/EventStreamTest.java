package dev.linkspan.server.api.cockpit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.account.Session;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.operation.Sessions;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Download;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.session.SessionAuthenticator;
import dev.linkspan.server.api.session.SignedIn;
import dev.linkspan.server.api.sigv4.RequestRegion;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final AccountId account = fixture.account();
    private final AccountId stranger = fixture.account();
    private final Sessions sessions = new Sessions(true);
    private final RequestRegion regions = new RequestRegion(List.of(
            new Region(Fixture.REGION, List.of(Fixture.SUBREGION)),
            new Region(Fixture.OTHER_REGION, List.of(new SubregionName("us-east-2a")))));
    private final EventStream stream = new EventStream(
            store,
            new SessionAuthenticator(store, Fixture.REGION, sessions, regions, InstantSource.fixed(NOW)),
            regions,
            Duration.ofMillis(50));
    private String start = "";
    private final List<Download> opened = new ArrayList<>();

    @AfterEach
    void stop() {
        stream.stop();
        opened.forEach(Download::close);
    }

    private SignedIn signIn(AccountId who) {
        SignedIn signedIn = SignedIn.draw();
        fixture.<Session>change(unit -> sessions.openUnchecked(unit, signedIn.id(), who, NOW));
        return signedIn;
    }

    private ApiResponse ask(String query, Map<String, String> headers) {
        Map<String, List<String>> fields = new HashMap<>();
        headers.forEach((name, value) -> fields.put(name, List.of(value)));
        ApiResponse response = stream.answer(new ApiRequest(
                "r", "GET", "/cockpit/events", query, Headers.of(fields), new byte[0], false, "127.0.0.1"));
        response.download().ifPresent(opened::add);
        return response;
    }

    /** What a browser hears, line by line. */
    private Scanner listen(String query, Map<String, String> headers) throws IOException {
        Download download = ask(query, headers).download().orElseThrow();
        PipedOutputStream server = new PipedOutputStream();
        PipedInputStream browser = new PipedInputStream(server, 1 << 16);
        Thread.ofVirtual().start(() -> {
            try (server) {
                download.writeTo(server);
            } catch (IOException gone) {
                // the browser went away
            }
        });
        Scanner heard = new Scanner(browser, StandardCharsets.UTF_8);
        assertThat(heard.nextLine()).isEqualTo("retry: 2000");
        start = heard.nextLine();
        return heard;
    }

    private void record(RegionName region, String subject, AccountId... accounts) {
        store.change(region, new Origin(accounts[0].value(), "request"), unit -> {
            unit.record(new Fact(EventType.NET_CREATED, subject, Set.of(accounts), Set.of(), "what happened"));
            return subject;
        });
    }

    private static String next(Scanner heard, String prefix) {
        String line = heard.nextLine();
        while (!line.startsWith(prefix)) {
            line = heard.nextLine();
        }
        return line;
    }

    @Test
    void what_happens_is_told_with_its_number_as_ReadEvents_shows_it() throws IOException {
        Scanner heard = listen("region=eu-west-2", signIn(account).headers());

        record(Fixture.REGION, "vpc-1", account);

        assertThat(next(heard, "id:")).isEqualTo("id: 1");
        assertThat(heard.nextLine())
                .startsWith("data: {\"Accounts\":[\"%s\"],".formatted(account))
                .contains("\"Sequence\":1,\"Subject\":\"vpc-1\"", "\"Type\":\"NET_CREATED\"");
        assertThat(heard.nextLine()).isEmpty();
    }

    @Test
    void what_was_before_is_told_to_whoever_asks_for_it() throws IOException {
        record(Fixture.REGION, "vpc-1", account);
        record(Fixture.REGION, "vpc-2", account);
        record(Fixture.REGION, "vpc-3", account);
        SignedIn signedIn = signIn(account);

        assertThat(next(listen("after=1", signedIn.headers()), "id:")).isEqualTo("id: 2");
        assertThat(next(listen("after=1", signedIn.headers("Last-Event-ID", "2")), "id:"))
                .isEqualTo("id: 3");
        Scanner fromNow = listen("", signedIn.headers());
        record(Fixture.REGION, "vpc-4", account);
        assertThat(next(fromNow, "id:")).isEqualTo("id: 4");
    }

    @Test
    void the_place_where_it_begins_is_told_before_anything_happens() throws IOException {
        record(Fixture.REGION, "vpc-1", account);
        record(Fixture.REGION, "vpc-2", account);

        listen("", signIn(account).headers());
        assertThat(start).isEqualTo("id: 2");
        listen("after=1", signIn(account).headers());
        assertThat(start).isEqualTo("id: 1");
    }

    @Test
    void who_has_seen_more_than_the_log_has_is_told_to_begin_anew() throws IOException {
        record(Fixture.REGION, "vpc-1", account);

        Scanner heard = listen("after=7", signIn(account).headers());

        assertThat(start).isEqualTo("id: 1");
        assertThat(next(heard, "event:")).isEqualTo("event: reset");
        record(Fixture.REGION, "vpc-2", account);
        assertThat(next(heard, "id:")).isEqualTo("id: 2");
    }

    @Test
    @Rule("A4")
    void nothing_of_another_account_and_of_another_region_is_told() throws IOException {
        Scanner heard = listen("region=eu-west-2", signIn(account).headers());

        record(Fixture.REGION, "theirs", stranger);
        record(Fixture.OTHER_REGION, "elsewhere", account);
        record(Fixture.REGION, "both", stranger, account);

        assertThat(next(heard, "id:")).isEqualTo("id: 2");
        assertThat(heard.nextLine()).contains("\"Subject\":\"both\"").doesNotContain("RequestId");
    }

    @Test
    void more_than_fits_into_one_look_is_told_whole_and_in_order() throws IOException {
        for (int i = 1; i <= 250; i++) {
            record(Fixture.REGION, "vpc-" + i, account);
        }
        Scanner heard = listen("after=0", signIn(account).headers());

        for (int i = 1; i <= 250; i++) {
            assertThat(next(heard, "id:")).isEqualTo("id: " + i);
        }
    }

    @Test
    void where_nothing_happens_a_comment_says_that_the_server_is_there() throws IOException {
        Scanner heard = listen("", signIn(account).headers());

        assertThat(next(heard, ":")).isEqualTo(":");
        assertThat(next(heard, ":")).isEqualTo(":");
    }

    @Test
    void it_ends_with_the_session() throws IOException {
        SignedIn signedIn = signIn(account);
        Scanner heard = listen("", signedIn.headers());

        fixture.change(unit -> {
            sessions.close(unit, signedIn.id());
            return true;
        });

        while (heard.hasNextLine()) {
            assertThat(heard.nextLine()).isIn("", ":");
        }
    }

    @Test
    void it_ends_when_the_server_stops() throws IOException {
        Scanner heard = listen("", signIn(account).headers());

        stream.stop();

        while (heard.hasNextLine()) {
            assertThat(heard.nextLine()).isIn("", ":");
        }
    }

    @Test
    void without_a_session_nothing_is_told() {
        assertThat(ask("", Map.of()).status()).isEqualTo(401);
        assertThat(ask("", signIn(account).headers("Origin", "https://evil.example", "Host", "localhost"))
                        .status())
                .isEqualTo(401);
        assertThat(ask("", signIn(account).headers("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"region=mars-1", "after=x", "after=-1", "after=99999999999999999999"})
    void what_cannot_be_followed_is_refused(String query) {
        assertThat(ask(query, signIn(account).headers()).status()).isEqualTo(400);
    }

    @Test
    void fifty_pages_of_an_account_follow_at_once_and_a_place_that_is_left_is_free() {
        SignedIn signedIn = signIn(account);
        for (int i = 0; i < 50; i++) {
            assertThat(ask("", signedIn.headers()).status()).isEqualTo(200);
        }
        assertThat(ask("", signedIn.headers()).status()).isEqualTo(429);
        assertThat(ask("", signIn(stranger).headers()).status()).isEqualTo(200);

        opened.getFirst().close();
        opened.getFirst().close();

        assertThat(ask("", signedIn.headers()).status()).isEqualTo(200);
        assertThat(ask("", signedIn.headers()).status()).isEqualTo(429);
    }
}
