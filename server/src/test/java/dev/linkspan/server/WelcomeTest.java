package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WelcomeTest {

    private static final Path USUAL = Path.of("/home/ada/.local/share/linkspan");

    @Test
    void the_next_steps_are_told_as_they_have_to_be_typed() {
        assertThat(Welcome.lines(URI.create("http://127.0.0.1:7780"), USUAL, USUAL, false))
                .anyMatch(line -> line.startsWith("  ./linkspan account create    "))
                .anyMatch(line -> line.contains("http://127.0.0.1:7780/cockpit/"))
                .anyMatch(line -> line.contains("./linkspan explain"))
                .anyMatch(line -> line.contains("--dev"));
    }

    @Test
    void another_address_and_folder_are_part_of_the_commands() {
        assertThat(Welcome.lines(URI.create("http://127.0.0.1:7799"), Path.of("/srv/data"), USUAL, false))
                .anyMatch(line ->
                        line.startsWith("  ./linkspan account create --url http://127.0.0.1:7799 --data /srv/data "));
    }
}
