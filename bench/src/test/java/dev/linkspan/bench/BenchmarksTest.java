package dev.linkspan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.linkspan.server.network.linux.namespace.NetworkNamespaces;
import dev.linkspan.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That every benchmark runs, not how fast anything is. */
class BenchmarksTest {

    static Stream<Named<Benchmark>> withoutPackets() {
        return Stream.of(new Ready(), new Pairs(), new ManyPeerings(), new Ec2(), new Traces())
                .map(BenchmarksTest::named);
    }

    static Stream<Named<Benchmark>> withPackets() {
        return Stream.of(new TimeToWire(), new Throughput(), new FlowEndings(), new Neighbour())
                .map(BenchmarksTest::named);
    }

    private static Named<Benchmark> named(Benchmark benchmark) {
        return Named.of(benchmark.name(), benchmark);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutPackets")
    void a_benchmark_without_packets_gives_figures_and_leaves_nothing_behind(Benchmark benchmark) throws Exception {
        gives_figures_and_leaves_nothing_behind(benchmark, Extent.QUICK.withoutPackets());
    }

    @Test
    void pairs_are_measured_on_postgresql_too() throws Exception {
        StoreUnderTest store = StoreUnderTest.postgresql(PostgresServer.shared().freshDatabase());

        gives_figures_and_leaves_nothing_behind(
                new Pairs(), Extent.QUICK.withoutPackets().with(store));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withPackets")
    void a_benchmark_of_packets_gives_figures_and_leaves_nothing_behind(Benchmark benchmark, @TempDir Path folder)
            throws Exception {
        assumeTrue(
                permitsNamespaces(folder.resolve("run")),
                "network namespaces need root or a user namespace: unshare --user --map-root-user --mount ./mvnw test");
        gives_figures_and_leaves_nothing_behind(benchmark, Extent.QUICK);
    }

    private static void gives_figures_and_leaves_nothing_behind(Benchmark benchmark, Extent extent) throws Exception {
        List<Figure> figures = benchmark.measure(extent);

        assertThat(figures).isNotEmpty().allSatisfy(figure -> {
            assertThat(figure.samples().values()).allMatch(Double::isFinite);
            assertThat(figure.samples().high()).as(figure.what()).isPositive();
            figure.comparison()
                    .ifPresent(it -> assertThat(it.ratios().high()).isFinite().isPositive());
        });
        assertThat(runFolders()).isEmpty();
        assertThat(ProcessHandle.current().children()).noneMatch(BenchmarksTest::isServer);
    }

    private static boolean isServer(ProcessHandle child) {
        try {
            return new Kernel(child.pid()).commandLine().contains(JavaCommand.SERVER);
        } catch (IOException ended) {
            return false;
        }
    }

    /** Others' servers may come and go meanwhile, so only those of this process count. */
    private static List<String> runFolders() throws IOException {
        if (!Files.isDirectory(NetworkNamespaces.RUN_FOLDERS)) {
            return List.of();
        }
        String ours = "-" + ProcessHandle.current().pid();
        try (Stream<Path> folders = Files.list(NetworkNamespaces.RUN_FOLDERS)) {
            return folders.map(Path::toString)
                    .filter(folder -> folder.endsWith(ours))
                    .toList();
        }
    }

    private static boolean permitsNamespaces(Path folder) {
        try (NetworkNamespaces namespaces = NetworkNamespaces.open(folder)) {
            namespaces.create("i-1");
            return true;
        } catch (RuntimeException refused) {
            return false;
        } finally {
            NetworkNamespaces.cleanUp(folder);
        }
    }
}
