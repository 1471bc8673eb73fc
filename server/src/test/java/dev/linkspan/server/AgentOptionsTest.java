package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentOptionsTest {

    private static final List<String> NEEDED =
            List.of("--server", "https://one.example", "--token-file=/etc/token", "--capacity", "50");

    @Test
    void what_is_not_given_is_as_the_programs_of_debian_have_it() {
        AgentOptions options = AgentOptions.of(NEEDED);
        assertThat(options.server()).isEqualTo(URI.create("https://one.example"));
        assertThat(options.token()).isEqualTo(Path.of("/etc/token"));
        assertThat(options.capacity()).isEqualTo(50);
        assertThat(options.ovs()).hasToString("unix:/run/openvswitch/db.sock");
        assertThat(options.mtu()).isEqualTo(9001);
        assertThat(options.authority()).isEmpty();
        assertThat(options.machines()).isEqualTo(Path.of("/run/linkspan-agent/machines"));
    }

    @Test
    void what_is_given_counts() {
        List<String> more = new ArrayList<>(NEEDED);
        more.addAll(List.of("--ca", "/ca.pem", "--ovs", "unix:/db", "--mtu=1442", "--machines", "/run/here"));
        AgentOptions options = AgentOptions.of(more);
        assertThat(options.authority()).isEqualTo(Optional.of(Path.of("/ca.pem")));
        assertThat(options.ovs()).hasToString("unix:/db");
        assertThat(options.mtu()).isEqualTo(1442);
        assertThat(options.machines()).isEqualTo(Path.of("/run/here"));
    }

    @ParameterizedTest
    @CsvSource({
        "--server=ftp://one.example, a URL such as",
        "--server=one.example, a URL such as",
        "--server=https://, a URL such as",
        "--ovs=tcp:127.0.0.1:6640, unix:PATH is expected",
        "--capacity=0, a number from 1 to 10000",
        "--capacity=many, a number from 1 to 10000",
        "--mtu=90000, a number from 576 to 9001",
        "--speed=9, agent has no option '--speed'",
        "--ca, needs a value",
    })
    void what_cannot_be_is_refused_with_what_would_be_accepted(String option, String message) {
        List<String> given = new ArrayList<>(NEEDED);
        given.add(option);
        assertThatThrownBy(() -> AgentOptions.of(given))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_server_a_token_and_a_capacity_are_needed() {
        assertThatThrownBy(() -> AgentOptions.of(List.of("--server", "https://one.example", "--capacity", "1")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("--token-file");
    }
}
