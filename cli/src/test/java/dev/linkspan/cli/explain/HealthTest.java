package dev.linkspan.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Json;
import dev.linkspan.cli.demo.Paint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code explain pcx-...} makes of tables that lead nothing to the peer. */
class HealthTest {

    private static Health health(String leads) {
        String body = """
                {"NetPeeringId":"pcx-1","State":"active",
                 "Source":{"NetId":"vpc-1","IpRange":"10.0.0.0/16","Leads":"%s","Admits":true},
                 "Accepter":{"NetId":"vpc-2","IpRange":"10.1.0.0/16","Leads":"ALL","Admits":true},
                 "Findings":[{"Kind":"NO_ROUTE","NetId":"vpc-1","AccountId":"1",
                   "Why":"rtb-1 leads nothing of 10.1.0.0/16 to pcx-1.",
                   "Remedy":{"AccountId":"1","Call":"CreateRoute","Arguments":{"RouteTableId":"rtb-1"}}}]}
                """.formatted(leads);
        return new Health(
                new Answer("/linkspan/v1/ReadPeeringHealth", 200, Json.parse(body.getBytes(UTF_8))),
                Optional.of("1"),
                Paint.by(Map.of(), false));
    }

    private static String printed(Health health) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        health.print(printer);
        printer.flush();
        return out.toString();
    }

    @Test
    void one_of_several_tables_may_lead_nothing_on_purpose() {
        assertThat(health("SOME").sound()).isTrue();
        assertThat(printed(health("SOME")))
                .contains("· rtb-1 leads nothing", "That is right where", "CreateRoute")
                .doesNotContain("✘ 1");
    }

    @Test
    void a_side_that_leads_nothing_at_all_is_wrong() {
        assertThat(health("NONE").sound()).isFalse();
        assertThat(printed(health("NONE"))).contains("✘ 1 rtb-1 leads nothing", "You call:");
    }
}
