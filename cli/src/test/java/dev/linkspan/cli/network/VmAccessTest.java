package dev.linkspan.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VmAccessTest {

    @Test
    void a_command_in_a_machine_gets_nothing_of_the_operators_environment() throws IOException {
        assertThat(System.getenv()).as("what there would be to pass on").hasSizeGreaterThan(4);
        String seen = new String(
                VmAccess.process(List.of("env")).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(seen.lines())
                .containsExactlyInAnyOrder(
                        "HOME=/",
                        "LANG=C.UTF-8",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "TERM=xterm-256color");
    }
}
