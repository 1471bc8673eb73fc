package dev.linkspan.server.network.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @Test
    void members_are_read_as_the_tools_of_open_vswitch_write_them() {
        assertThat(Endpoint.parseAll("unix:/run/ovn/ovnnb_db.sock, tcp:10.0.0.1:6641,ssl:[::1]:6641"))
                .containsExactly(
                        new Endpoint.Unix(Path.of("/run/ovn/ovnnb_db.sock")),
                        new Endpoint.Tcp("10.0.0.1", 6641),
                        new Endpoint.Ssl("::1", 6641));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unix:", "tcp:host", "tcp:host:0", "tcp:host:65536", "tcp:::1:6641", "ptcp:6641", "x"})
    void what_is_none_is_refused(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
