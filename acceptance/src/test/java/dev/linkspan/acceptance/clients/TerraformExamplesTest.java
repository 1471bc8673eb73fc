package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the configurations by Terraform alone, without the provider. */
class TerraformExamplesTest {

    private static final Path EXAMPLES = Story.folder("terraform");

    @BeforeEach
    void terraform_is_at_hand() {
        assumeTrue(Programs.found("terraform").findAny().isPresent(), "there is no Terraform");
    }

    @Test
    void they_are_formatted() {
        Programs.Ended check = Programs.in(EXAMPLES).run("terraform", "fmt", "-check", "-recursive", "-diff");

        assertThat(check.code()).as(check.said()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-account",
                "two-accounts",
                "assume-role",
                "network-acls",
                "public-addresses",
                "nat-gateway",
                "complete",
                "default-vpc",
                "overlap"
            })
    void they_are_understood_and_name_their_provider(String example) {
        Programs.Ended providers = Programs.in(EXAMPLES.resolve(example))
                .with(Map.of("TF_CLI_CONFIG_FILE", "/dev/null"))
                .run("terraform", "providers");

        assertThat(providers.code()).as(providers.said()).isZero();
        assertThat(providers.said()).contains("registry.terraform.io/hashicorp/aws");
    }
}
