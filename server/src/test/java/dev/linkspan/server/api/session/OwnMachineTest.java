package dev.linkspan.server.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Headers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the developer's mode believes, and what it does not. */
@Rule("A6")
class OwnMachineTest {

    private final OwnMachine guarded = new OwnMachine(_ -> ApiResponse.text(200, "done", AccessRecord.on("test", "")));

    private int status(String method, Map<String, String> headers) {
        return status(method, "/", "", headers);
    }

    private int status(String method, String path, String query, Map<String, String> headers) {
        Map<String, List<String>> fields = new TreeMap<>();
        headers.forEach((name, value) -> fields.put(name, List.of(value)));
        return guarded.answer(
                        new ApiRequest("r", method, path, query, Headers.of(fields), new byte[0], false, "127.0.0.1"))
                .status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:7780",
                "127.0.0.1:7780",
                "127.1.2.3",
                "[::1]:7780",
                "api.eu-west-2.localhost"
            })
    void this_machine_by_name_is_believed(String host) {
        assertThat(status("POST", Map.of("Host", host))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "example.org:7780",
                "localhost.example.org",
                "127.0.0.1.example.org",
                "10.0.0.1",
                ""
            })
    void another_name_is_not_whatever_it_resolves_to(String host) {
        assertThat(status("POST", Map.of("Host", host))).isEqualTo(400);
        assertThat(status("GET", Map.of("Host", host, "Sec-Fetch-Mode", "navigate")))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void what_another_site_has_the_browser_send_is_refused(String site) {
        Map<String, String> headers =
                Map.of("Host", "localhost:7780", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "cors");
        assertThat(status("POST", headers)).isEqualTo(400);
        assertThat(status("GET", headers)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "null", "http://localhost:1234"})
    void a_foreign_origin_is_refused(String origin) {
        assertThat(status("POST", Map.of("Host", "localhost:7780", "Origin", origin)))
                .isEqualTo(400);
    }

    @Test
    void cockpits_own_pages_and_clients_that_are_no_browsers_are_believed() {
        assertThat(status(
                        "POST",
                        Map.of(
                                "Host",
                                "localhost:7780",
                                "Origin",
                                "http://localhost:7780",
                                "Sec-Fetch-Site",
                                "same-origin")))
                .isEqualTo(200);
        assertThat(status("POST", Map.of())).isEqualTo(200);
    }

    @Test
    void a_link_of_another_site_may_lead_here_and_a_form_may_not() {
        Map<String, String> headers =
                Map.of("Host", "localhost:7780", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
        assertThat(status("GET", headers)).isEqualTo(200);
        assertThat(status("POST", headers)).isEqualTo(400);
    }

    @Test
    void a_link_of_another_site_may_not_ask_for_an_action() {
        Map<String, String> headers =
                Map.of("Host", "localhost:7780", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
        assertThat(status("GET", "/", "Action=DeleteVpc&Version=2016-11-15&VpcId=vpc-12345678", headers))
                .isEqualTo(400);
        assertThat(status("GET", "/fcu", "%41ction=DeleteVpc", headers)).isEqualTo(400);
        assertThat(status("GET", "/cockpit/", "from=mail", headers)).isEqualTo(200);
        assertThat(status("GET", "/", "Action=DescribeVpcs", Map.of("Host", "localhost", "Sec-Fetch-Site", "none")))
                .isEqualTo(200);
    }
}
