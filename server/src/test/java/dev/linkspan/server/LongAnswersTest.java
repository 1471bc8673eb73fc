package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Headers;
import dev.linkspan.server.api.call.CallRunner;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.ec2.Ec2Endpoint;
import dev.linkspan.server.api.oapi.OapiEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers that nobody asked for in pages, through both APIs
 * (docs/decisions/0024-an-answer-without-a-page-is-whole.md). Every account has 1,200 tags.
 */
class LongAnswersTest {

    private static final int TAGS = 1_200;
    private static final int LONG_AT_ONCE = 4;

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final Map<String, AccountId> accounts = new HashMap<>();

    private enum Api {
        OAPI("ReadTags", "{}", "ReadNets", "\"Key\":"),
        EC2("DescribeTags", "Version=2016-11-15&Action=DescribeTags", "DescribeTags", "<key>");

        private final String listing;
        private final String body;
        private final String shortRead;
        private final String mark;

        Api(String listing, String body, String shortRead, String mark) {
            this.listing = listing;
            this.body = body;
            this.shortRead = shortRead;
            this.mark = mark;
        }
    }

    private Endpoint endpoint(Api api, Duration patience) {
        CallRunner calls = new CallRunner(store, new ReadTurns(patience));
        Operations operations = new Operations(
                List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION))),
                PublicIpPools.NONE,
                PeeringRules.STANDARD);
        Authenticator authenticator = request ->
                new Caller(accounts.get(request.headers().first("X-Account").orElseThrow()), Fixture.REGION);
        return switch (api) {
            case OAPI -> new OapiEndpoint(calls, authenticator, operations.calls());
            case EC2 -> new Ec2Endpoint(calls, authenticator, operations.ec2Actions(FlowTables.UNKNOWN), List.of());
        };
    }

    private String account(String name) {
        AccountId account = fixture.account();
        Net net = fixture.net(account, "10.0.0.0/16");
        fixture.change(unit -> {
            for (int i = 0; i < TAGS; i++) {
                unit.tags().save(new Tag(net.id(), account, "key-%04d".formatted(i), "value"));
            }
            return net;
        });
        accounts.put(name, account);
        return name;
    }

    private static ApiResponse list(Api api, Endpoint endpoint, String account) {
        return ask(api, endpoint, account, api.listing);
    }

    private static ApiResponse ask(Api api, Endpoint endpoint, String account, String call) {
        String path = api == Api.OAPI ? "/api/v1/" + call : "/";
        byte[] body = api.body.replace(api.listing, call).getBytes(StandardCharsets.UTF_8);
        Headers headers = Headers.of(
                Map.of("X-Account", List.of(account), "Content-Type", List.of("application/x-www-form-urlencoded")));
        return endpoint.answer(new ApiRequest("request", "POST", path, "", headers, body, false, "127.0.0.1"));
    }

    private static String text(ApiResponse response) throws IOException {
        if (response.download().isEmpty()) {
            return new String(response.body(), StandardCharsets.UTF_8);
        }
        try (var download = response.download().get()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            download.writeTo(out);
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    private static int count(String text, String mark) {
        return (int)
                Pattern.compile(Pattern.quote(mark)).matcher(text).results().count();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void what_is_long_is_sent_as_it_is_written_and_is_whole(Api api) throws IOException {
        ApiResponse response = list(api, endpoint(api, Duration.ofSeconds(5)), account("ann"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.download()).isPresent();
        String text = text(response);
        assertThat(count(text, api.mark)).isEqualTo(TAGS);
        assertThat(text).contains("key-0000", "key-1199", "request");
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void the_fifth_at_once_is_told_to_ask_for_pages_and_has_room_when_another_is_done(Api api) throws IOException {
        Endpoint endpoint = endpoint(api, Duration.ofMillis(300));
        List<ApiResponse> held = new ArrayList<>();
        for (int i = 0; i < LONG_AT_ONCE; i++) {
            held.add(list(api, endpoint, account("a" + i)));
        }
        String fifth = account("fifth");

        ApiResponse refused = list(api, endpoint, fifth);
        assertThat(refused.status()).isEqualTo(api == Api.OAPI ? 429 : 503);
        assertThat(text(refused)).contains("Ask for pages");

        held.getFirst().download().orElseThrow().close();
        assertThat(count(text(list(api, endpoint, fifth)), api.mark)).isEqualTo(TAGS);
        assertThat(list(api, endpoint, fifth).download()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void an_account_has_one_at_a_time(Api api) throws IOException {
        Endpoint endpoint = endpoint(api, Duration.ofMillis(300));
        String ann = account("ann");
        ApiResponse first = list(api, endpoint, ann);

        assertThat(text(list(api, endpoint, ann))).contains("Ask for pages");

        assertThat(count(text(first), api.mark)).isEqualTo(TAGS);
        assertThat(count(text(list(api, endpoint, ann)), api.mark)).isEqualTo(TAGS);
    }

    /** As many wait as would hold every turn to read. */
    @Test
    void whoever_waits_for_room_keeps_nobody_from_reading() throws Exception {
        Endpoint endpoint = endpoint(Api.OAPI, Duration.ofSeconds(20));
        List<ApiResponse> held = new ArrayList<>();
        for (int i = 0; i < LONG_AT_ONCE; i++) {
            held.add(list(Api.OAPI, endpoint, account("a" + i)));
        }
        String quiet = account("quiet");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ReadTurns.AT_ONCE; i++) {
            names.add(account("waiting" + i));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<ApiResponse>> waiting = names.stream()
                    .map(name -> CompletableFuture.supplyAsync(() -> list(Api.OAPI, endpoint, name), threads))
                    .toList();

            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < end) {
                ApiResponse read = CompletableFuture.supplyAsync(
                                () -> ask(Api.OAPI, endpoint, quiet, Api.OAPI.shortRead), threads)
                        .get(5, TimeUnit.SECONDS);
                assertThat(read.status()).isEqualTo(200);
            }

            held.forEach(response -> response.download().orElseThrow().close());
            for (CompletableFuture<ApiResponse> one : waiting) {
                assertThat(count(text(one.get(20, TimeUnit.SECONDS)), Api.OAPI.mark))
                        .isEqualTo(TAGS);
            }
        }
    }
}
