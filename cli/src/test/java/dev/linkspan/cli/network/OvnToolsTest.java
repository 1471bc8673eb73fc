package dev.linkspan.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OvnToolsTest {

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    @Test
    void the_status_says_which_ovn_it_is_where_it_is_and_who_forwards() {
        NetworkTools ovn = Networks.named("ovn").orElseThrow();
        assertThat(ovn.whereabouts(json(
                        "{\"Northbound\":\"ssl:one:6641\",\"OvnVersion\":\"25.03.0\",\"Chassis\":[\"one\",\"two\"]}")))
                .contains("OVN 25.03.0 at ssl:one:6641, hosts: one, two");
        assertThat(ovn.whereabouts(json("{\"Northbound\":\"unix:/n\",\"Chassis\":[]}")))
                .contains("OVN of an unknown version at unix:/n, hosts: none");
    }

    @Test
    void no_machine_of_it_is_on_this_one() {
        NetworkTools ovn = Networks.named("ovn").orElseThrow();
        assertThat(ovn.vmAccess(json("{}"))).isEmpty();
        assertThat(ovn.leftovers()).isEmpty();
    }
}
