package dev.linkspan.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A decision record is cited by the name of its file: whoever reads the citation can open it. */
class DecisionsTest {
    private static final Pattern NAME = Pattern.compile("\\b(0\\d{3}-[a-z][a-z0-9-]*[a-z0-9])\\b");
    /** The white space may be the end of a line, and of a comment's. */
    private static final Pattern NUMBER = Pattern.compile("(?i)\\bdecisions?[\\s*]+\\d+");

    private static final String[] TEXTS = {".java", ".ts", ".tsx", ".sql", ".md", ".sh", ".py", ".yml", ".css", ".html"
    };

    @Test
    void every_citation_names_a_record_that_exists() throws IOException {
        List<String> cited = cited(NAME);

        assertThat(cited).hasSizeGreaterThan(20);
        assertThat(cited.stream().map(citation -> citation.substring(citation.indexOf(": ") + 2)))
                .as("cited: " + cited)
                .isSubsetOf(records());
    }

    @Test
    void no_decision_is_cited_by_a_number() throws IOException {
        assertThat(cited(NUMBER)).isEmpty();
    }

    @Test
    void records_are_numbered_one_after_another_and_so_are_their_titles() throws IOException {
        List<String> records = records();

        assertThat(records.stream().map(record -> Integer.parseInt(record.substring(0, 4))))
                .isEqualTo(IntStream.rangeClosed(1, records.size()).boxed().toList());
        for (String record : records) {
            assertThat(Files.readString(folder().resolve(record + ".md")))
                    .startsWith("# %d. ".formatted(Integer.parseInt(record.substring(0, 4))));
        }
    }

    private static List<String> records() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.md$", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Path folder() {
        return Repository.root().resolve("docs/decisions");
    }

    /** What is found, each with the file that says it. */
    private static List<String> cited(Pattern pattern) throws IOException {
        List<String> cited = new ArrayList<>();
        for (Path file : Repository.files(TEXTS)) {
            pattern.matcher(Files.readString(file))
                    .results()
                    .map(match -> Repository.root().relativize(file) + ": " + match.group())
                    .forEach(cited::add);
        }
        return cited;
    }
}
