package dev.linkspan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.cli.command.Linkspan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionsTest {

    @Test
    void everything_is_measured_unless_named() {
        assertThat(Options.of(List.of(), Map.of()).benchmarks())
                .extracting(Benchmark::name)
                .containsExactly(
                        "ready",
                        "wire",
                        "throughput",
                        "flows",
                        "pairs",
                        "million",
                        "ec2",
                        "traces",
                        "neighbour",
                        "apply");
        assertThat(Options.of(List.of("--json", "pairs"), Map.of()).benchmarks())
                .extracting(Benchmark::name)
                .containsExactly("pairs");
    }

    @Test
    void an_unknown_name_is_refused_with_those_that_exist() {
        assertThatThrownBy(() -> Options.of(List.of("speed"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'speed'")
                .hasMessageContaining("ready, wire, throughput, flows, pairs, million, ec2, traces, neighbour, apply");
    }

    @Test
    void no_packets_are_sent_where_there_is_no_network() {
        Map<String, String> none = Map.of("LINKSPAN_NETWORK", "none");

        assertThat(Options.of(List.of("--quick"), none).extent()).isEqualTo(Extent.QUICK.withoutPackets());
        assertThat(Options.of(List.of("--quick"), Map.of()).extent()).isEqualTo(Extent.QUICK);
    }

    @Test
    void another_store_is_measured_beside_sqlite() {
        String url = "jdbc:postgresql://127.0.0.1/bench?user=me";

        assertThat(Options.of(List.of("pairs"), Map.of()).extent().stores()).containsExactly(StoreUnderTest.SQLITE);
        assertThat(Options.of(List.of("--store", url, "pairs"), Map.of())
                        .extent()
                        .stores())
                .containsExactly(StoreUnderTest.SQLITE, StoreUnderTest.postgresql(url));
    }

    @Test
    void what_is_no_store_is_refused() {
        for (List<String> arguments : List.of(List.of("--store", "jdbc:sqlite:x"), List.of("--store"))) {
            assertThatThrownBy(() -> Options.of(arguments, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("jdbc:postgresql://HOST/DATABASE?user=NAME");
        }
    }

    @Test
    void the_page_of_help_names_every_benchmark() {
        String names = Options.of(List.of(), Map.of()).benchmarks().stream()
                .map(Benchmark::name)
                .collect(Collectors.joining(", "));
        String page = Linkspan.commandLine().getSubcommands().get("bench").getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(page.replaceAll("\\s+", " ")).contains("Only these benchmarks: " + names + ".");
    }
}
