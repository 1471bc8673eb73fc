package dev.linkspan.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls that a client makes for one resource, as a text: a line a call, and below it, indented, what the client reads of the
 * answer.
 *
 * <pre>
 * create  alice CreateVpc CidrBlock=10.0.0.0/16
 *     vpc/vpcId -> vpc                        remembers it
 * refresh alice DescribeVpcs VpcId.1=$vpc
 *     vpcSet/item/cidrBlock = 10.0.0.0/16     demands one such element with this text
 *     vpcSet/item/tagSet/item absent          demands none
 * gone    alice DescribeVpcs VpcId.1=$vpc
 *     refused InvalidVpcID.NotFound           demands this error
 * </pre>
 */
final class CallScript {

    private static final Pattern CALL = Pattern.compile("(\\w+) +(\\w+) +(\\w+)((?: +\\S+)*)");
    private static final Pattern READ = Pattern.compile(" +(\\S.*) (->|=) (\\S+)");
    private static final Pattern ABSENT = Pattern.compile(" +(\\S+) absent");
    private static final Pattern REFUSED = Pattern.compile(" +refused (\\S+)");
    private static final Pattern NAME = Pattern.compile("\\$(\\w+)");

    private final Map<String, Query> accounts;
    private final Map<String, String> known;

    /**
     * @param accounts those who call, by their names in the scripts
     * @param known what the script may name with {@code $} from the beginning
     */
    CallScript(Map<String, Query> accounts, Map<String, String> known) {
        this.accounts = accounts;
        this.known = new HashMap<>(known);
    }

    /** Makes the calls of a file, one after the other. */
    void perform(Path file) {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            for (int i = 0; i < lines.size(); ) {
                int next = i + 1;
                while (next < lines.size() && lines.get(next).startsWith(" ")) {
                    next++;
                }
                perform(lines.get(i), lines.subList(i + 1, next));
                i = next;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void perform(String line, List<String> demands) {
        Matcher call = CALL.matcher(line);
        if (!call.matches()) {
            throw new IllegalArgumentException("not a call: " + line);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : call.group(4).strip().split(" +", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                parameters.put(pair.substring(0, equals), resolved(pair.substring(equals + 1)));
            }
        }
        QueryAnswer answer = accounts.get(call.group(2)).ask(call.group(3), parameters);
        boolean mayFail =
                demands.stream().anyMatch(demand -> REFUSED.matcher(demand).matches());
        assertThat(answer.status()).as("%s%nanswered %s", line, answer.text()).isEqualTo(mayFail ? 400 : 200);
        demands.forEach(demand -> check(line, answer, demand));
    }

    private void check(String line, QueryAnswer answer, String demand) {
        Matcher read = READ.matcher(demand);
        Matcher absent = ABSENT.matcher(demand);
        Matcher refused = REFUSED.matcher(demand);
        String context = "%s%n%s%nin %s".formatted(line, demand, answer.text());
        if (read.matches()) {
            List<String> texts = answer.texts(read.group(1));
            assertThat(texts).as(context).isNotEmpty();
            if (read.group(2).equals("->")) {
                known.put(read.group(3), texts.getFirst());
            } else {
                assertThat(texts).as(context).contains(resolved(read.group(3)));
            }
        } else if (absent.matches()) {
            assertThat(answer.texts(absent.group(1))).as(context).isEmpty();
        } else if (refused.matches()) {
            assertThat(answer.code()).as(context).isEqualTo(refused.group(1));
        } else {
            throw new IllegalArgumentException("not a demand: " + demand);
        }
    }

    private String resolved(String text) {
        return NAME.matcher(text).replaceAll(name -> {
            String value = known.get(name.group(1));
            assertThat(value).as("$%s", name.group(1)).isNotNull();
            return Matcher.quoteReplacement(value);
        });
    }
}
