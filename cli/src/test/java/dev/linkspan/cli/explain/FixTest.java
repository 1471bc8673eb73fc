package dev.linkspan.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;
import dev.linkspan.cli.client.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What {@code explain --fix} does about the remedies of a trace. */
class FixTest {

    private static final Answer TRACE = new Answer("/linkspan/v1/TracePath", 200, Json.parse("""
            {"Remedies":[{"AccountId":"1","Call":"CreateRoute","Arguments":{"RouteTableId":"rtb-1"}},
                         {"AccountId":"2","Call":"StartVms","Arguments":{"VmIds":["i-2"]}}]}
            """.getBytes(UTF_8)));

    private final List<String> made = new ArrayList<>();
    private final StringWriter said = new StringWriter();

    private Fix fix(Optional<String> self) {
        Caller caller = (String name, ObjectNode arguments) -> {
            made.add(name);
            return new Answer("/api/v1/" + name, 200, Json.object());
        };
        return new Fix(caller, self, new PrintWriter(said, true));
    }

    @Test
    void an_account_makes_its_own_calls_and_words_the_others() {
        Fix fix = fix(Optional.of("1"));

        fix.apply(TRACE);

        assertThat(made).containsExactly("CreateRoute");
        assertThat(fix.changedSomething()).isTrue();
        assertThat(said.toString()).contains("done  CreateRoute", "To send to account 2:", "StartVms");
    }

    @Test
    void what_a_call_answers_is_filled_in_where_a_later_one_names_it() {
        Answer trace = new Answer("/linkspan/v1/TracePath", 200, Json.parse("""
                {"Remedies":[{"AccountId":"1","Call":"CreateInternetService","Arguments":{}},
                             {"AccountId":"1","Call":"LinkInternetService","Arguments":{
                                 "InternetServiceId":"<the InternetServiceId that CreateInternetService answers>","NetId":"vpc-1"}}]}
                """.getBytes(UTF_8)));
        Caller caller = (String name, ObjectNode arguments) -> {
            made.add(name + arguments);
            return new Answer(
                    "/api/v1/" + name, 200, Json.object("InternetService", Json.object("InternetServiceId", "igw-1")));
        };

        new Fix(caller, Optional.of("1"), new PrintWriter(said, true)).apply(trace);

        assertThat(made)
                .containsExactly(
                        "CreateInternetService{}",
                        "LinkInternetService{\"InternetServiceId\":\"igw-1\",\"NetId\":\"vpc-1\"}");
        assertThat(said.toString()).doesNotContain("<the");
    }

    @Test
    void where_all_calls_are_others_nothing_is_changed() {
        Fix fix = fix(Optional.empty());

        fix.apply(TRACE);

        assertThat(made).isEmpty();
        assertThat(fix.changedSomething()).isFalse();
        assertThat(said.toString()).contains("To send to account 1:", "To send to account 2:");
    }
}
