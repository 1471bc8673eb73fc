package dev.linkspan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the rules of docs/rules.md with those that tests say they prove, and that comments refer to. */
class RulesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `?([A-Z]\\d+)`? \\|");
    private static final Pattern ANNOTATION = Pattern.compile("@Rule\\(([^)]*)\\)");
    private static final Pattern ANNOTATED = Pattern.compile("\"([^\"]*)\"");
    /** A test of Cockpit names its rule where its title begins. */
    private static final Pattern BROWSER_TEST = Pattern.compile("\\bit\\('([A-Z]\\d+): ");

    /** What a comment refers to: {@code (L3)}, {@code (P4, P5)}, {@code (A1 to A3)}. */
    private static final Pattern REFERENCE =
            Pattern.compile("\\(([PLRSEATXNH]\\d+(?:(?:, | and | to )[PLRSEATXNH]\\d+)*)\\)");

    private static final Pattern REFERRED = Pattern.compile("([A-Z]\\d+)");

    @Test
    void every_rule_is_named_by_a_test_or_listed_as_open() throws IOException {
        Set<String> unproved = rules();
        unproved.removeAll(namedByTests());
        unproved.removeAll(listedAsOpen());

        assertThat(unproved)
                .as("rules that no test names with @Rule, and docs/testing.md does not list as open")
                .isEmpty();
    }

    @Test
    void a_rule_that_a_test_names_is_not_listed_as_open() throws IOException {
        assertThat(listedAsOpen())
                .as("rules that docs/testing.md lists as open")
                .isSubsetOf(rules())
                .doesNotContainAnyElementsOf(namedByTests());
    }

    @Test
    void no_test_names_a_rule_that_does_not_exist() throws IOException {
        assertThat(namedByTests()).as("rules named by tests").isSubsetOf(rules());
    }

    @Test
    void nothing_refers_to_a_rule_that_does_not_exist() throws IOException {
        Set<String> referred = new TreeSet<>();
        for (Path file : Repository.files(".java", ".ts", ".tsx", ".sql", ".md")) {
            matches(REFERENCE, Files.readString(file))
                    .forEach(reference -> referred.addAll(matches(REFERRED, reference)));
        }

        assertThat(referred).as("rules referred to").hasSizeGreaterThan(30).isSubsetOf(rules());
    }

    @Test
    void an_id_is_one_rules() throws IOException {
        assertThat(matches(ROW, document("docs/rules.md")))
                .hasSizeGreaterThan(60)
                .doesNotHaveDuplicates();
    }

    private static Set<String> rules() throws IOException {
        return new TreeSet<>(matches(ROW, document("docs/rules.md")));
    }

    private static Set<String> listedAsOpen() throws IOException {
        String document = document("docs/testing.md");
        int heading = document.indexOf("## Rules not named by a test yet");
        assertThat(heading)
                .as("the heading of the open rules in docs/testing.md")
                .isNotNegative();
        return new TreeSet<>(matches(ROW, document.substring(heading)));
    }

    private static Set<String> namedByTests() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : Repository.files(".java", ".ts")) {
            String source = Files.readString(file);
            if (file.endsWith("core/Rule.java")) {
                continue;
            }
            matches(ANNOTATION, source).forEach(annotation -> named.addAll(matches(ANNOTATED, annotation)));
            named.addAll(matches(BROWSER_TEST, source));
        }
        return named;
    }

    private static String document(String name) throws IOException {
        return Files.readString(Repository.root().resolve(name));
    }

    private static List<String> matches(Pattern pattern, String text) {
        List<String> groups = new ArrayList<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(groups::add);
        return groups;
    }
}
