package dev.linkspan.server;

import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.NetworkDriver;
import dev.linkspan.core.port.Store;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Dispatcher;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.HealthEndpoint;
import dev.linkspan.server.api.oapi.OapiEndpoint;
import dev.linkspan.server.api.own.AccountCalls;
import dev.linkspan.server.api.own.EventCalls;
import dev.linkspan.server.api.own.OwnEndpoint;
import dev.linkspan.server.api.own.RegionCalls;
import dev.linkspan.server.api.own.RegionClock;
import dev.linkspan.server.api.own.StatusCall;
import dev.linkspan.server.api.sigv4.RequestRegion;
import dev.linkspan.server.api.sigv4.SignatureAuthenticator;
import dev.linkspan.server.api.sigv4.TrustingAuthenticator;
import dev.linkspan.server.http.HttpServer;
import dev.linkspan.server.network.Network;
import dev.linkspan.server.network.NoNetwork;
import dev.linkspan.server.network.Reconciler;
import dev.linkspan.server.network.netns.NetnsDriver;
import dev.linkspan.server.store.DataFolder;
import dev.linkspan.server.store.ManualClock;
import dev.linkspan.server.store.SqlStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The server's parts, made from its settings and put together; the only place that knows all of them. */
final class Assembly implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Assembly.class.getName());
    private static final Duration VERIFY_EVERY = Duration.ofMinutes(1);
    private static final Path RUN_FOLDERS = Path.of("/run/linkspan");

    /** What was opened, newest first: the order in which it is closed. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final Settings settings;
    private int port;

    private Assembly(Settings settings) {
        this.settings = settings;
    }

    /** Opens everything and listens; where a part fails, what was opened before it is closed again. */
    static Assembly start(Settings settings) {
        Assembly assembly = new Assembly(settings);
        try {
            assembly.open();
            return assembly;
        } catch (RuntimeException failure) {
            assembly.close();
            throw failure;
        }
    }

    private void open() {
        List<Region> regions = settings.regions();
        List<RegionName> names = regions.stream().map(Region::name).toList();
        RegionName home = names.getFirst();

        DataFolder folder = opened(DataFolder.open(settings.data()));
        ManualClock manual = new ManualClock(Instant.EPOCH);
        SqlStore store = opened(SqlStore.sqlite(folder, names, isManual() ? manual : InstantSource.system()));
        Network network = opened(network(store, names));

        Operations operations = new Operations(regions, peeringRules(network));
        Sweeper sweeper = opened(new Sweeper(store, names, operations.peerings(), operations.vms()));
        RegionClock clock = clock(store, manual, sweeper);

        RequestRegion region = new RequestRegion(regions);
        Authenticator authenticator = settings.dev()
                ? new TrustingAuthenticator(store, region, operations.accounts())
                : new SignatureAuthenticator(store, region, InstantSource.system());
        Endpoint own = new OwnEndpoint(
                folder.adminToken(),
                new AccountCalls(store, home, operations.accounts(), operations.accessKeys()),
                new RegionCalls(store, operations.subregions(), clock),
                new EventCalls(store, names),
                new StatusCall(store, regions, clock, network, process(), () -> written(store)));
        Endpoint health = new HealthEndpoint(store, home);
        Dispatcher dispatcher = new Dispatcher(Map.of(
                "/api/", new OapiEndpoint(store, authenticator, operations.calls()),
                "/linkspan/v1/", own,
                "/healthz", health,
                "/readyz", health));
        HttpServer http = opened(new HttpServer(settings.listen(), dispatcher));

        network.start();
        sweeper.start();
        http.start();
        port = http.port();
    }

    private boolean isManual() {
        return settings.clock() == Settings.Clock.MANUAL;
    }

    private PeeringRules peeringRules(Network network) {
        return new PeeringRules(settings.peeringRequiresVm(), network.separatesOverlappingPeers());
    }

    /** A manual clock goes on where it stood when it was last moved; at first it starts at the real time. */
    private RegionClock clock(SqlStore store, ManualClock manual, Sweeper sweeper) {
        manual.moveTo(store.manualTime().orElseGet(Instant::now));
        return switch (settings.clock()) {
            case SYSTEM -> new Clocks.SystemClock(InstantSource.system());
            case MANUAL -> new Clocks.MovableClock(store, manual, sweeper::wake);
        };
    }

    private Network network(Store store, List<RegionName> regions) {
        return switch (settings.network()) {
            case NONE -> new NoNetwork(store, regions);
            case NETNS -> {
                NetworkDriver driver = opened(NetnsDriver.open(runFolder()));
                Optional<String> folder = Optional.of(runFolder().toString());
                yield new Reconciler(store, regions, driver, new Reconciler.Settings("netns", folder, VERIFY_EVERY));
            }
            case OVN -> throw new IllegalStateException("BUG: the settings refuse this network");
        };
    }

    /** One for each data folder, where a restart finds it and a reboot does not: namespaces do not outlive one either. */
    private Path runFolder() {
        String name = UUID.nameUUIDFromBytes(settings.data().toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        return RUN_FOLDERS.resolve(name.substring(0, 8));
    }

    private static StatusCall.Written written(SqlStore store) {
        return new StatusCall.Written(store.committedUnits(), store.committedBatches());
    }

    private static StatusCall.ServerProcess process() {
        String version = Optional.ofNullable(Assembly.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new StatusCall.ServerProcess(
                version, Instant.now(), ProcessHandle.current().pid(), isRootless());
    }

    /** Whether this process is only root of a user namespace: then the namespace's users are not the machine's. */
    private static boolean isRootless() {
        try {
            String everybody = "^\\s*0\\s+0\\s+4294967295\\s*$";
            return !Files.readString(Path.of("/proc/self/uid_map")).matches(everybody);
        } catch (IOException notLinux) {
            return false;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Where clients find the server. */
    URI url() {
        String host = settings.listen().getHostString();
        return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }

    /** Stops listening, lets what is under way end, and closes the rest in turn. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failure) {
                LOG.log(Level.WARNING, "a part of the server did not close as it should", failure);
            }
        }
    }
}
