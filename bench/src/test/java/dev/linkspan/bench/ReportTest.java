package dev.linkspan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.cli.client.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReportTest {

    private static final Figure SLOW = Figure.of("a step", Unit.MILLISECONDS, Samples.of(List.of(20.0, 30.0, 40.0)))
            .below(25)
            .times(10, "a jump");

    private static Report on(double load, Benchmark... left) {
        return new Report(new Load(load, 2), new Load(1, 2), Map.of(new Pairs(), List.of(SLOW)), List.of(left));
    }

    @Test
    void a_row_tells_figure_spread_target_and_comparison() {
        assertThat(on(0.5).asText()).containsPattern("a step +30.0 ms +22.0 to 38.0 +< 25.0 MISSED +3.00 x a jump\n");
    }

    @Test
    void a_machine_that_is_busy_with_other_things_is_named() {
        assertThat(on(2.5).asText()).contains("busy with other things");
        assertThat(on(1.5).asText()).doesNotContain("busy with other things");
    }

    @Test
    void what_could_not_be_measured_is_named() {
        assertThat(on(0.5, new TimeToWire()).asText()).contains("wire: not measured");
    }

    @Test
    void programs_get_one_object_with_a_row_for_each_figure() {
        JsonNode json = Json.parse(on(2.5, new TimeToWire()).asJson().getBytes(StandardCharsets.UTF_8));

        assertThat(json.path("noisy").asBoolean()).isTrue();
        assertThat(json.path("notMeasured").path(0).asString()).isEqualTo("wire");
        JsonNode row = json.path("figures").path(0);
        assertThat(row.path("benchmark").asString()).isEqualTo("pairs");
        assertThat(row.path("median").asDouble()).isEqualTo(30.0);
        assertThat(row.path("meetsTarget").asBoolean()).isFalse();
        assertThat(row.path("ratio").asDouble()).isEqualTo(3.0);
        assertThat(row.path("against").asString()).isEqualTo("a jump");
    }
}
