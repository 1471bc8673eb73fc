package dev.linkspan.server.observe;

import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.FlowTables.FlowTable;
import dev.linkspan.core.port.NetworkStatus;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The server's figures for Prometheus, counted since it started. Labels have values that the server knows: what a client
 * makes up, and accounts, are none.
 */
public final class Metrics {

    /** From reads that find everything in memory, to the longest that a caller may wait for events. */
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    private static final Duration COUNTED_KEPT = Duration.ofSeconds(5);
    private static final double NANOS = Duration.ofSeconds(1).toNanos();
    private static final double MILLIS = Duration.ofSeconds(1).toMillis();

    private final PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final LongAdder underWay = new LongAdder();
    private final Counter calls = Counter.builder()
            .name("linkspan_calls_total")
            .help("Requests that were answered, by HTTP status and the error's code (empty: none).")
            .labelNames("api", "operation", "status", "error")
            .register(registry);
    private final Histogram durations = Histogram.builder()
            .name("linkspan_call_duration_seconds")
            .help("From a request's last byte to its answer.")
            .labelNames("api", "operation")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .register(registry);

    /** What a scrape shows of the network and the logs: one look for all of it. */
    private record Sample(NetworkStatus.Report network, Map<RegionName, Long> lastSequences) {}

    private final CachedFigures<Sample> looks;
    private final CachedFigures<Map<RegionName, Map<PeeringStateName, Long>>> peerings;
    private final CachedFigures<Collection<FlowTable>> flowTables;
    private Optional<Sample> look = Optional.empty();
    private boolean complete;

    public Metrics(String version, NetworkStatus network, StoreFigures store, SweepFigures sweeps) {
        looks = new CachedFigures<>(
                () -> new Sample(network.report(), store.lastSequences().get()), Duration.ZERO);
        peerings = new CachedFigures<>(store.peerings(), COUNTED_KEPT);
        flowTables = new CachedFigures<>(() -> network.flowTables().values(), COUNTED_KEPT);
        gauge("linkspan_build_info", "Which Linkspan this is.", it -> it.call(1, version), "version");
        gauge(
                "linkspan_calls_under_way",
                "Requests that are not answered yet.",
                it -> it.call((double) underWay.sum()));
        showStore(store);
        showNetwork();
        showFlows();
        counter(
                "linkspan_sweeps_total",
                "Changes that recorded what time has done, by outcome.",
                it -> {
                    it.call((double) sweeps.doneSoFar(), "done");
                    it.call((double) sweeps.failedSoFar(), "failed");
                },
                "outcome");
        counter(
                "linkspan_swept_resources_total",
                "Peerings and VMs that sweeps expired or removed.",
                sweeps::resourcesSoFar);
    }

    private void showStore(StoreFigures store) {
        counter("linkspan_store_commits_total", "Transactions that were committed.", store.commits());
        counter("linkspan_store_changes_total", "Changes and rehearsals that those commits held.", store.changes());
        gauge(
                "linkspan_store_waiting_changes",
                "Changes that wait for the commit that is under way.",
                it -> it.call(store.waiting().getAsInt()));
        gauge(
                "linkspan_peerings",
                "Net peerings by recorded state; the same on every server that shares the store.",
                it -> peerings.value()
                        .ifPresent(regions -> regions.forEach((region, states) ->
                                states.forEach((state, amount) -> it.call(amount, region.value(), state.label())))),
                "region",
                "state");
        counter(
                "linkspan_events_total",
                "Events of a Region's log: the number of the newest.",
                it -> look.ifPresent(
                        seen -> seen.lastSequences().forEach((region, last) -> it.call(last, region.value()))),
                "region");
    }

    private void showNetwork() {
        gauge(
                "linkspan_network_carried",
                "1 where this server carries packets, 0 where another one does or nobody.",
                it -> look.ifPresent(seen -> it.call(
                        seen.network().carries() ? 1 : 0,
                        seen.network().carrier().name())),
                "driver");
        gauge(
                "linkspan_network_lag_seconds",
                "How long the oldest change that is not applied to the network has been waiting.",
                it -> look.ifPresent(
                        seen -> it.call(seen.network().progress().lag().toMillis() / MILLIS)));
        gauge(
                "linkspan_network_waiting_nets",
                "Nets that are to be compared with what is true.",
                it -> look.ifPresent(seen -> it.call(seen.network().progress().waiting())));
        gauge(
                "linkspan_network_failing_nets",
                "Nets that could not be made as planned at the last try.",
                it -> look.ifPresent(
                        seen -> it.call(seen.network().progress().failing().size())));
        counter(
                "linkspan_network_applied_events_total",
                "The event of a Region's log up to which everything is applied to the network.",
                it -> look.ifPresent(seen -> seen.network()
                        .progress()
                        .appliedSequences()
                        .forEach((region, applied) -> it.call(applied, region.value()))),
                "region");
    }

    private void showFlows() {
        gauge(
                "linkspan_network_flows",
                "Flows that the Nets' routers remember.",
                it -> flowTables
                        .value()
                        .ifPresent(tables -> it.call((double)
                                tables.stream().mapToLong(FlowTable::flows).sum())));
        gauge(
                "linkspan_network_fullest_flow_table_ratio",
                "How full the fullest router's table of flows is, from 0 to 1.",
                it -> flowTables
                        .value()
                        .ifPresent(tables -> it.call(tables.stream()
                                .mapToDouble(table -> (double) table.flows() / table.most())
                                .max()
                                .orElse(0))));
        gauge(
                "linkspan_network_flow_limited_nets",
                "Nets in which the table, or the share of a NIC or a peering, is full: new flows are dropped.",
                it -> flowTables
                        .value()
                        .ifPresent(tables -> it.call((double)
                                tables.stream().filter(FlowTable::drops).count())));
    }

    private void gauge(String name, String help, Consumer<GaugeWithCallback.Callback> callback, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(callback)
                .register(registry);
    }

    private void counter(String name, String help, Consumer<CounterWithCallback.Callback> callback, String... labels) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(callback)
                .register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        counter(name, help, it -> it.call((double) value.getAsLong()));
    }

    /** A request is there. */
    public void began() {
        underWay.increment();
    }

    /** It has its answer. */
    public void answered(String api, String operation, int status, String error, Duration took) {
        underWay.decrement();
        calls.labelValues(api, operation, Integer.toString(status), error).inc();
        durations.labelValues(api, operation).observe(took.toNanos() / NANOS);
    }

    /** What {@link #text()} is, for HTTP. */
    public String contentType() {
        return format.getContentType();
    }

    /** Everything as it is now, in the text format, version 0.0.4. */
    public synchronized byte[] text() {
        if (!complete) {
            showProcess();
            complete = true;
        }
        look = looks.value();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            format.write(text, registry.scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toByteArray();
    }

    /** Only once somebody asks: a server that nobody measures starts without the JVM's management. */
    private void showProcess() {
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }
}
