package dev.linkspan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the rules of behaviour with those that tests say they prove. */
class RulesTest {
    private static final Pattern RULE_ROW = Pattern.compile("(?m)^\\| ([PLRSXNHAT]\\d+) \\|");
    private static final Pattern ANNOTATION = Pattern.compile("@Rule\\(([^)]*)\\)");
    /** A test of Cockpit names its rule where its title begins. */
    private static final Pattern BROWSER_TEST = Pattern.compile("\\bit\\('([A-Z]\\d+): ");

    private static final Pattern RULE_NAME = Pattern.compile("\"([A-Z]\\d+)\"");
    private static final Pattern OPEN_ROW = Pattern.compile("(?m)^\\| `?([A-Z]\\d+)`? \\|");

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
    void no_test_names_a_rule_that_does_not_exist() throws IOException {
        Set<String> rules = rules();

        assertThat(namedByTests()).as("rules named by tests").isSubsetOf(rules);
    }

    private static Set<String> rules() throws IOException {
        Path list = Path.of(System.getProperty(
                "linkspan.rules",
                Repository.root().resolve("../shared/design/behaviour.md").toString()));
        assumeTrue(Files.isRegularFile(list), "the list of rules is not here: " + list + " (-Dlinkspan.rules=FILE)");
        return names(RULE_ROW, Files.readString(list));
    }

    private static Set<String> listedAsOpen() throws IOException {
        String document = Files.readString(Repository.root().resolve("docs/testing.md"));
        int heading = document.indexOf("## Rules not named by a test yet");
        assertThat(heading)
                .as("the heading of the open rules in docs/testing.md")
                .isNotNegative();
        return names(OPEN_ROW, document.substring(heading));
    }

    private static Set<String> namedByTests() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path source : filesUnder("src/test/java", ".java")) {
            ANNOTATION
                    .matcher(Files.readString(source))
                    .results()
                    .map(annotation -> names(RULE_NAME, annotation.group(1)))
                    .forEach(named::addAll);
        }
        for (String folder : List.of("src", "e2e")) {
            for (Path source : filesUnder(folder, ".ts")) {
                named.addAll(names(BROWSER_TEST, Files.readString(source)));
            }
        }
        return named;
    }

    /** The files with this ending in this folder of each module. */
    private static List<Path> filesUnder(String folder, String ending) throws IOException {
        try (Stream<Path> modules = Files.list(Repository.root())) {
            return modules.map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .flatMap(it -> filesIn(it, ending))
                    .filter(file -> !file.endsWith("Rule.java"))
                    .toList();
        }
    }

    private static Stream<Path> filesIn(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }
}
