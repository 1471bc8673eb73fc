package dev.linkspan.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {

    @Test
    void without_terraform_it_is_left_out_and_says_so(@TempDir Path nothing) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        Apply apply = new Apply(Map.of("PATH", nothing.toString()), new PrintStream(said, true, UTF_8));

        assertThat(apply.measure(Extent.QUICK)).isEmpty();
        assertThat(said.toString(UTF_8)).contains("there is no Terraform");
    }
}
