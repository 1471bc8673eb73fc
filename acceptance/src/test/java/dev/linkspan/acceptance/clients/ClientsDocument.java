package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.acceptance.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps {@code docs/clients.md} equal to what the clients did: its table of actions, a column a client, and its transcripts.
 * Each test brings what its client has done, so that a client that is not there leaves its part as it was.
 */
final class ClientsDocument {

    /** The columns of the table. */
    enum Client {
        JAVA_SDK(0, "AWS SDK for Java"),
        AWS_CLI(1, "AWS CLI"),
        BOTO3(2, "boto3"),
        TERRAFORM(3, "Terraform");

        final int column;
        final String title;

        Client(int column, String title) {
            this.column = column;
            this.title = title;
        }
    }

    private static final String REGENERATE = "./linkspan test -pl acceptance -am -Dtest='JavaSdkTest,*ClientTest'"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dlinkspan.docs.write=true";
    private static final boolean WRITING = Boolean.getBoolean("linkspan.docs.write");
    private static final String TICK = "x";
    private static final Pattern TABLE = Pattern.compile("(?s)(<!-- actions -->\n)(.*?)(<!-- end of actions -->\n)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|(.*)\\|$");

    private ClientsDocument() {}

    /** The table has a row for each of these actions and for no other. */
    static void compareRows(Collection<String> actions) {
        if (WRITING) {
            SortedMap<String, List<String>> rows = rows();
            rows.keySet().retainAll(actions);
            actions.forEach(action -> rows.computeIfAbsent(action, _ -> noTicks()));
            write(rows);
        }
        assertThat(rows().keySet()).as(outOfDate()).containsExactlyElementsOf(actions);
    }

    /** The client's column has a tick at each of these actions and at no other. */
    static void compareColumn(Client client, Collection<String> actions) {
        if (WRITING) {
            SortedMap<String, List<String>> rows = rows();
            actions.forEach(action -> rows.computeIfAbsent(action, _ -> noTicks()));
            rows.forEach((action, ticks) -> ticks.set(client.column, actions.contains(action) ? TICK : ""));
            write(rows);
        }
        List<String> ticked = rows().entrySet().stream()
                .filter(row -> row.getValue().get(client.column).equals(TICK))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(ticked)
                .as("%s, in the column of %s", outOfDate(), client.title)
                .containsExactlyElementsOf(actions);
    }

    /** The page tells what this example printed, but for ids, addresses of hardware and times, which are others each time. */
    static void compareTranscript(String example, String printed) {
        Pattern block =
                Pattern.compile("(?s)(<!-- transcript of %s -->\n```\n)(.*?)(```\n)".formatted(Pattern.quote(example)));
        if (WRITING) {
            String page = read();
            Matcher found = block.matcher(page);
            assertThat(found.find())
                    .as("docs/clients.md has a transcript of %s", example)
                    .isTrue();
            save(page.substring(0, found.end(1)) + printed + page.substring(found.start(3)));
        }
        Matcher found = block.matcher(read());
        assertThat(found.find())
                .as("docs/clients.md has a transcript of %s", example)
                .isTrue();
        assertThat(masked(found.group(2))).as(outOfDate()).isEqualTo(masked(printed));
    }

    private static String masked(String transcript) {
        return transcript
                .replaceAll("\\b(pcx|vpc|subnet|i|eni|rtb|sg|sgr|ami|acl|nip|nia)-[0-9a-f]+\\b", "$1-...")
                .replaceAll("\\b[0-9]{12}\\b", "ACCOUNT")
                .replaceAll("\\b20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|\\+00:00)", "TIME")
                .replaceAll("icmp_seq=[0-9]+", "icmp_seq=N")
                .replaceAll("[0-9./]+ ?ms", "N ms");
    }

    private static SortedMap<String, List<String>> rows() {
        Matcher table = TABLE.matcher(read());
        assertThat(table.find()).as("docs/clients.md has a table of actions").isTrue();
        SortedMap<String, List<String>> rows = new TreeMap<>();
        ROW.matcher(table.group(2)).results().forEach(row -> rows.put(row.group(1), ticks(row.group(2))));
        return rows;
    }

    private static List<String> ticks(String cells) {
        return Stream.of(cells.split("\\|", -1)).map(String::strip).collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> noTicks() {
        return Stream.of(Client.values()).map(_ -> "").collect(Collectors.toCollection(ArrayList::new));
    }

    private static void write(SortedMap<String, List<String>> rows) {
        StringBuilder table = new StringBuilder();
        Stream<String> titles = Stream.of(Client.values()).map(client -> client.title);
        table.append(line("action", titles.toList()));
        table.append(line("---", Stream.of(Client.values()).map(_ -> "---").toList()));
        rows.forEach((action, ticks) -> table.append(line("`" + action + "`", ticks)));
        String page = read();
        Matcher found = TABLE.matcher(page);
        assertThat(found.find()).isTrue();
        save(page.substring(0, found.end(1)) + table + page.substring(found.start(3)));
    }

    private static String line(String first, List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| " + first + " | ", " |\n"));
    }

    private static String outOfDate() {
        return "docs/clients.md is out of date; regenerate it with: " + REGENERATE;
    }

    private static Path page() {
        return Repository.root().resolve("docs/clients.md");
    }

    private static String read() {
        try {
            return Files.readString(page());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void save(String text) {
        try {
            Files.writeString(page(), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
