package dev.linkspan.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.NetworkStatus;
import dev.linkspan.core.port.NetworkStatus.Carrier;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

    private static final RegionName REGION = new RegionName("eu-west-2");

    private final Map<PeeringStateName, Long> peerings = new HashMap<>(Map.of(PeeringStateName.ACTIVE, 12L));
    private final AtomicInteger counted = new AtomicInteger();
    private final SweepFigures sweeps = new SweepFigures();
    private boolean outOfReach;

    private record Nothing() {}

    private final NetworkStatus network = new NetworkStatus() {
        @Override
        public Report report() {
            return new Report(
                    new Carrier("netns", true, new Nothing()),
                    false,
                    new Progress(
                            Map.of(REGION, 40L),
                            Duration.ofMillis(1250),
                            3,
                            Map.of(new NetId("vpc-12345678"), "no room"),
                            Optional.empty()));
        }

        @Override
        public Map<NetId, FlowTable> flowTables() {
            return Map.of(
                    new NetId("vpc-12345678"),
                    new FlowTable(250, 1_000, Set.of(), Set.of(new NetPeeringId("pcx-12345678"))),
                    new NetId("vpc-87654321"),
                    new FlowTable(10, 1_000, Set.of(), Set.of()));
        }
    };
    private final StoreFigures store = new StoreFigures(
            () -> {
                if (outOfReach) {
                    throw new IllegalStateException("the database is gone");
                }
                return Map.of(REGION, 41L);
            },
            () -> {
                counted.incrementAndGet();
                return Map.of(REGION, Map.copyOf(peerings));
            },
            () -> 5,
            () -> 9,
            () -> 2);
    private final Metrics metrics = new Metrics("1.2.3-\"odd\\name\n", network, store, sweeps);

    private PrometheusText scrape() throws CharacterCodingException {
        return PrometheusText.parse(metrics.text());
    }

    @Test
    void it_is_the_text_format() {
        assertThat(metrics.contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void the_routers_flows_are_shown_without_anybodys_name() throws CharacterCodingException {
        PrometheusText text = scrape();

        assertThat(text.value("linkspan_network_flows")).isEqualTo(260);
        assertThat(text.value("linkspan_network_fullest_flow_table_ratio")).isEqualTo(0.25);
        assertThat(text.value("linkspan_network_flow_limited_nets")).isEqualTo(1);
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8)).doesNotContain("vpc-", "pcx-");
    }

    @Test
    void calls_are_counted_by_operation_and_outcome_and_timed_by_operation() throws CharacterCodingException {
        metrics.began();
        metrics.began();
        metrics.answered("oapi", "CreateNet", 200, "", Duration.ofMillis(3));
        metrics.began();
        metrics.answered("oapi", "CreateNet", 409, "9058", Duration.ofMillis(40));

        PrometheusText text = scrape();

        assertThat(text.value(
                        "linkspan_calls_total", "api", "oapi", "operation", "CreateNet", "status", "200", "error", ""))
                .isEqualTo(1);
        assertThat(text.value(
                        "linkspan_calls_total",
                        "api",
                        "oapi",
                        "operation",
                        "CreateNet",
                        "status",
                        "409",
                        "error",
                        "9058"))
                .isEqualTo(1);
        assertThat(text.value("linkspan_calls_under_way")).isEqualTo(1);
        String bucket = "linkspan_call_duration_seconds_bucket";
        assertThat(text.value(bucket, "api", "oapi", "operation", "CreateNet", "le", "0.0025"))
                .isZero();
        assertThat(text.value(bucket, "api", "oapi", "operation", "CreateNet", "le", "0.005"))
                .isEqualTo(1);
        assertThat(text.value(bucket, "api", "oapi", "operation", "CreateNet", "le", "+Inf"))
                .isEqualTo(2);
        assertThat(text.value("linkspan_call_duration_seconds_sum", "api", "oapi", "operation", "CreateNet"))
                .isCloseTo(0.043, within(1e-9));
    }

    @Test
    void store_network_and_sweeps_are_shown() throws CharacterCodingException {
        sweeps.swept(7);
        sweeps.swept(0);
        sweeps.failed();

        PrometheusText text = scrape();

        assertThat(text.value("linkspan_peerings", "region", "eu-west-2", "state", "active"))
                .isEqualTo(12);
        assertThat(text.value("linkspan_events_total", "region", "eu-west-2")).isEqualTo(41);
        assertThat(text.value("linkspan_store_commits_total")).isEqualTo(5);
        assertThat(text.value("linkspan_store_changes_total")).isEqualTo(9);
        assertThat(text.value("linkspan_store_waiting_changes")).isEqualTo(2);
        assertThat(text.value("linkspan_network_applied_events_total", "region", "eu-west-2"))
                .isEqualTo(40);
        assertThat(text.value("linkspan_network_carried", "driver", "netns")).isEqualTo(1);
        assertThat(text.value("linkspan_network_lag_seconds")).isEqualTo(1.25);
        assertThat(text.value("linkspan_network_waiting_nets")).isEqualTo(3);
        assertThat(text.value("linkspan_network_failing_nets")).isEqualTo(1);
        assertThat(text.value("linkspan_sweeps_total", "outcome", "done")).isEqualTo(2);
        assertThat(text.value("linkspan_sweeps_total", "outcome", "failed")).isEqualTo(1);
        assertThat(text.value("linkspan_swept_resources_total")).isEqualTo(7);
    }

    @Test
    void the_process_is_shown() throws CharacterCodingException {
        PrometheusText text = scrape();

        assertThat(text.value("jvm_memory_used_bytes", "area", "heap")).isPositive();
        assertThat(text.value("jvm_threads_current")).isPositive();
        assertThat(text.value("process_start_time_seconds")).isPositive();
        assertThat(text.names()).contains("jvm_gc_collection_seconds", "process_cpu_seconds_total");
        assertThat(scrape().names()).isEqualTo(text.names());
    }

    @Test
    void odd_label_values_are_escaped() throws CharacterCodingException {
        assertThat(scrape().value("linkspan_build_info", "version", "1.2.3-\"odd\\name\n"))
                .isEqualTo(1);
    }

    @Test
    void peerings_are_counted_again_only_after_a_while() throws CharacterCodingException {
        scrape();
        peerings.put(PeeringStateName.ACTIVE, 13L);

        assertThat(scrape().value("linkspan_peerings", "region", "eu-west-2", "state", "active"))
                .isEqualTo(12);
        assertThat(counted).hasValue(1);
    }

    @Test
    void without_a_store_the_rest_is_shown() throws CharacterCodingException {
        metrics.began();
        metrics.answered("oapi", "ReadNets", 503, "2001", Duration.ofMillis(1));
        outOfReach = true;

        PrometheusText text = scrape();

        assertThat(text.has("linkspan_events_total")).isFalse();
        assertThat(text.has("linkspan_calls_total")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE a gauge\na 1",
                "a 1\n",
                "# TYPE a counter\na 1\n",
                "# TYPE a gauge\na{b=\"c} 1\n",
                "# TYPE a gauge\na{b=\"c\\d\"} 1\n",
                "# TYPE a gauge\na 1\na 2\n",
                "# TYPE a gauge\na one\n",
                "# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# HELP a late\n",
                "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_count 1\na_sum 1\n",
                "# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1\n",
                "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 2\na_sum 1\n"
            })
    void what_the_format_forbids_is_noticed(String text) {
        assertThatThrownBy(() -> PrometheusText.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(AssertionError.class);
    }
}
