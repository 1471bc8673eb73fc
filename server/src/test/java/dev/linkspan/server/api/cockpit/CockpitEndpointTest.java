package dev.linkspan.server.api.cockpit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CockpitEndpointTest {

    private static final AccessRecord ACCESS = AccessRecord.on("test", "test");

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void build() throws IOException {
        folder = temporary.resolve("cockpit");
        Files.createDirectories(folder.resolve("assets"));
        Files.writeString(temporary.resolve("secret.txt"), "nobody's business");
        Files.writeString(folder.resolve("index.html"), "<!doctype html>the page");
        Files.writeString(folder.resolve("index.html.gz"), "the page without a nonce");
        Files.writeString(folder.resolve("favicon.svg"), "<svg/>");
        Files.writeString(folder.resolve("assets/index-a1b2.js"), "plain script");
        Files.writeString(folder.resolve("assets/index-a1b2.js.gz"), "gzipped script");
        Files.writeString(folder.resolve("assets/inter-c3d4.woff2"), "font");
    }

    private CockpitEndpoint endpoint() {
        return new CockpitEndpoint(
                CockpitFiles.in(folder),
                Map.of("/cockpit/session", _ -> ApiResponse.json(401, "{}".getBytes(StandardCharsets.UTF_8), ACCESS)));
    }

    private static ApiResponse ask(Endpoint endpoint, String method, String path, Map<String, List<String>> headers) {
        return endpoint.answer(
                new ApiRequest("r", method, path, "", Headers.of(headers), new byte[0], false, "127.0.0.1"));
    }

    private ApiResponse get(String path) {
        return ask(endpoint(), "GET", path, Map.of());
    }

    private static String text(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/cockpit/, text/html; charset=utf-8, no-store",
        "/cockpit/index.html, text/html; charset=utf-8, no-store",
        "/cockpit/favicon.svg, image/svg+xml, no-store",
        "/cockpit/assets/index-a1b2.js, text/javascript; charset=utf-8, 'public, max-age=31536000, immutable'",
        "/cockpit/assets/inter-c3d4.woff2, font/woff2, 'public, max-age=31536000, immutable'",
    })
    void a_file_has_its_type_and_is_kept_as_long_as_its_name_tells_its_content(
            String path, String type, String caching) {
        ApiResponse response = get(path);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.contentType()).isEqualTo(type);
        assertThat(response.headers()).containsEntry("Cache-Control", caching);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cockpit/",
                "/cockpit/map",
                "/cockpit/peerings/pcx-12345678",
                "//cockpit//nets/",
                "/cockpit/a%2fb"
            })
    void every_page_is_the_one_page(String path) {
        assertThat(text(get(path))).isEqualTo("<!doctype html>the page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cockpit/assets/none.js",
                "/cockpit/none.txt",
                "/cockpit/../secret.txt",
                "/cockpit/assets/../../secret.txt",
                "/cockpit/..%2fsecret.txt",
                "/cockpit/%2e%2e/secret.txt",
                "/cockpit/..\\secret.txt",
                "/cockpit//etc/passwd.txt",
                "/cockpit/assets/index-a1b2.js%00.html",
            })
    void no_path_leads_to_another_file(String path) {
        ApiResponse response = get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response)).isEqualTo("not found\n");
    }

    @Test
    void a_link_out_of_the_folder_leads_nowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("out"), temporary);
        Files.createSymbolicLink(folder.resolve("link.txt"), temporary.resolve("secret.txt"));

        assertThat(get("/cockpit/out/secret.txt").status()).isEqualTo(404);
        assertThat(get("/cockpit/link.txt").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true",
        "'br, gzip', true",
        "'gzip;q=0.5, br', true",
        "'gzip;q=0', false",
        "'gzip; q=0.000', false",
        "br, false",
        "'', false",
    })
    void who_takes_gzip_is_given_what_was_compressed_before(String accepted, boolean gzipped) {
        ApiResponse response =
                ask(endpoint(), "GET", "/cockpit/assets/index-a1b2.js", Map.of("Accept-Encoding", List.of(accepted)));

        assertThat(text(response)).isEqualTo(gzipped ? "gzipped script" : "plain script");
        assertThat(response.headers().containsKey("Content-Encoding")).isEqualTo(gzipped);
        assertThat(response.headers()).containsEntry("Vary", "Accept-Encoding");
        assertThat(response.contentType()).isEqualTo("text/javascript; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cockpit",
                "/cockpit/",
                "/cockpit/map",
                "/cockpit/assets/index-a1b2.js",
                "/cockpit/none.js",
                "/cockpit/session"
            })
    void every_answer_has_the_headers_that_keep_it_safe(String path) {
        for (String method : List.of("GET", "POST")) {
            Map<String, String> headers =
                    ask(endpoint(), method, path, Map.of()).headers();
            assertThat(headers)
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Referrer-Policy", "no-referrer")
                    .containsKey("Cache-Control");
            assertThat(headers.get("Content-Security-Policy"))
                    .startsWith("default-src 'none'; script-src 'self'; ")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "connect-src 'self'")
                    .doesNotContain("unsafe-eval")
                    .doesNotContain("unsafe-inline");
        }
    }

    @Test
    void only_styles_with_the_nonce_of_this_very_answer_may_stand_in_the_page() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<meta nonce=\"LINKSPAN_STYLE_NONCE\">");
        Endpoint endpoint = endpoint();
        Set<String> nonces = new HashSet<>();

        for (String path : List.of("/cockpit/", "/cockpit/index.html", "/cockpit/map", "/cockpit/map")) {
            ApiResponse page = ask(endpoint, "GET", path, Map.of("Accept-Encoding", List.of("gzip")));
            Matcher told = Pattern.compile("style-src 'self' 'nonce-([A-Za-z0-9_-]{22})';")
                    .matcher(page.headers().get("Content-Security-Policy"));
            assertThat(told.find()).isTrue();
            assertThat(text(page)).isEqualTo("<meta nonce=\"%s\">", told.group(1));
            assertThat(page.headers())
                    .containsEntry("Cache-Control", "no-store")
                    .doesNotContainKey("ETag");
            nonces.add(told.group(1));
        }

        assertThat(nonces).hasSize(4);
    }

    @Test
    void what_is_no_page_has_no_nonce() {
        assertThat(get("/cockpit/favicon.svg").headers().get("Content-Security-Policy"))
                .contains("style-src 'self';");
    }

    @Test
    void files_are_only_read() {
        assertThat(ask(endpoint(), "POST", "/cockpit/", Map.of()).status()).isEqualTo(405);
    }

    @Test
    void the_path_without_a_slash_leads_to_the_one_with_it() {
        assertThat(get("/cockpit").status()).isEqualTo(302);
        assertThat(get("/cockpit").headers()).containsEntry("Location", "/cockpit/");
    }

    @Test
    void a_build_that_comes_later_disturbs_nobody() throws IOException {
        CockpitEndpoint endpoint = endpoint();

        Files.delete(folder.resolve("index.html"));

        assertThat(text(ask(endpoint, "GET", "/cockpit/", Map.of()))).isEqualTo("<!doctype html>the page");
    }

    @Test
    void where_it_was_not_built_a_page_says_how_to_get_it() throws IOException {
        Files.delete(folder.resolve("index.html"));

        for (String path : List.of("/cockpit/", "/cockpit/map", "/cockpit/assets/index-a1b2.js")) {
            ApiResponse response = get(path);
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.contentType()).isEqualTo("text/html; charset=utf-8");
            assertThat(text(response))
                    .contains("Cockpit is not built", "./linkspan")
                    .doesNotContain("<script");
        }
        assertThat(get("/cockpit/session").status()).isEqualTo(401);
    }

    @Nested
    class TheFrontDoor {

        private final RootEndpoint door = new RootEndpoint(_ -> ApiResponse.text(400, "the API", ACCESS));

        @Test
        void a_browser_is_led_to_cockpit() {
            ApiResponse response =
                    ask(door, "GET", "/", Map.of("Accept", List.of("text/html,application/xhtml+xml,*/*;q=0.8")));

            assertThat(response.status()).isEqualTo(302);
            assertThat(response.headers()).containsEntry("Location", "/cockpit/");
        }

        @ParameterizedTest
        @CsvSource({"GET, */*", "GET, application/json", "POST, text/html"})
        void everybody_else_comes_to_the_api(String method, String accepted) {
            assertThat(ask(door, method, "/", Map.of("Accept", List.of(accepted)))
                            .status())
                    .isEqualTo(400);
        }
    }
}
