package dev.linkspan.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {

    @TempDir
    private Path folder;

    @Test
    void a_file_of_another_user_is_a_matter_of_permission() throws IOException {
        String owner = Files.getOwner(folder).getName();

        assertThat(FileProblem.text(new AccessDeniedException(folder.toString())))
                .endsWith("may not use %s, which belongs to %s".formatted(folder, owner));
        assertThat(FileProblem.text(
                        new AccessDeniedException(folder.resolve("hidden").toString())))
                .endsWith("/hidden: %s belongs to %s".formatted(folder, owner));
    }

    @Test
    void what_is_missing_is_said_to_be_missing() {
        assertThat(FileProblem.text(new NoSuchFileException("/srv/none"))).isEqualTo("there is no /srv/none");
        assertThat(new NoAdminToken(Path.of("/srv/none/admin.token"), new NoSuchFileException("/srv/none/admin.token")))
                .hasMessageContainingAll("there is no /srv/none/admin.token", "--data", "LINKSPAN_DATA");
    }

    @Test
    void what_has_no_words_keeps_its_own() {
        assertThat(FileProblem.text(new IOException("the disk is full"))).isEqualTo("the disk is full");
    }
}
