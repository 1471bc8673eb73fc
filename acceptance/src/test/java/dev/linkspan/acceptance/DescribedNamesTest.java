package dev.linkspan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.server.api.oapi.DescribedNames;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The names that the server has of calls that it may not answer, held against the public description. */
class DescribedNamesTest {

    private JsonNode paths;

    @BeforeEach
    void the_description_is_at_hand() {
        assumeTrue(OpenApiContract.ofTheApi().isPresent(), "the public description is not beside the repository");
        paths = OpenApiContract.ofTheApi().orElseThrow().description().path("paths");
    }

    private Set<String> names(Predicate<JsonNode> chosen) {
        Set<String> names = new TreeSet<>();
        paths.forEachEntry((path, operations) -> {
            if (chosen.test(operations.path("post"))) {
                names.add(path.substring(1));
            }
        });
        return names;
    }

    @Test
    void they_are_those_of_the_description() {
        assertThat(DescribedNames.ALL).isEqualTo(names(_ -> true));
    }

    @Test
    void a_password_does_where_the_description_says_so() {
        assertThat(DescribedNames.TAKING_PASSWORD)
                .isEqualTo(
                        names(call -> call.path("security").valueStream().anyMatch(scheme -> scheme.has("BasicAuth"))));
    }
}
