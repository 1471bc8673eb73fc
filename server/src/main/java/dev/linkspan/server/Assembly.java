package dev.linkspan.server;

import static java.util.Map.entry;

import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.operation.Placement;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.port.Lease;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Dispatcher;
import dev.linkspan.server.api.Endpoint;
import dev.linkspan.server.api.MetricsEndpoint;
import dev.linkspan.server.api.ResetGate;
import dev.linkspan.server.api.Throttle;
import dev.linkspan.server.api.ThrottledAuthenticator;
import dev.linkspan.server.api.aws.AwsServices;
import dev.linkspan.server.api.call.CallRunner;
import dev.linkspan.server.api.call.DescribedCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadTurns;
import dev.linkspan.server.api.cockpit.RootEndpoint;
import dev.linkspan.server.api.description.DescriptionEndpoint;
import dev.linkspan.server.api.ec2.Ec2Endpoint;
import dev.linkspan.server.api.health.HealthEndpoint;
import dev.linkspan.server.api.health.Readiness;
import dev.linkspan.server.api.oapi.OapiEndpoint;
import dev.linkspan.server.api.own.AccountCalls;
import dev.linkspan.server.api.own.BackupCall;
import dev.linkspan.server.api.own.EventCalls;
import dev.linkspan.server.api.own.IdentityEndpoint;
import dev.linkspan.server.api.own.OwnEndpoint;
import dev.linkspan.server.api.own.PeeringRequestCalls;
import dev.linkspan.server.api.own.ProbeCalls;
import dev.linkspan.server.api.own.ReachabilityCalls;
import dev.linkspan.server.api.own.RegionCalls;
import dev.linkspan.server.api.own.RegionClock;
import dev.linkspan.server.api.own.ResetCall;
import dev.linkspan.server.api.own.StatusCall;
import dev.linkspan.server.api.resource.image.ImageFile;
import dev.linkspan.server.api.session.OwnMachine;
import dev.linkspan.server.api.session.SessionCalls;
import dev.linkspan.server.api.sigv4.RequestRegion;
import dev.linkspan.server.api.ssm.SsmEndpoint;
import dev.linkspan.server.host.AgentEndpoint;
import dev.linkspan.server.http.HttpServer;
import dev.linkspan.server.network.DriverSettings;
import dev.linkspan.server.network.Network;
import dev.linkspan.server.network.NetworkContext;
import dev.linkspan.server.observe.Metrics;
import dev.linkspan.server.observe.StoreFigures;
import dev.linkspan.server.observe.SweepFigures;
import dev.linkspan.server.store.DataFolder;
import dev.linkspan.server.store.SqlStore;
import dev.linkspan.server.store.StoreClock;
import dev.linkspan.server.turn.RecentActivity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The server's parts, made from its settings and put together; the only place that knows all of them. */
final class Assembly implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Assembly.class.getName());
    private static final Duration VERIFY_EVERY = Duration.ofMinutes(1);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    /** What was opened, newest first: the order in which it is closed. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final Settings settings;
    private final Consumer<String> onEnd;
    private int port;

    /** All who ask this server for anything. */
    private final RecentActivity activity = new RecentActivity();

    private Assembly(Settings settings, Consumer<String> onEnd) {
        this.settings = settings;
        this.onEnd = onEnd;
    }

    /** A server in whose place nothing happens when a part of it ends, but that it is neither well nor ready any more. */
    static Assembly start(Settings settings) {
        return start(settings, _ -> {});
    }

    /**
     * Opens everything and listens; where a part fails, what was opened before it is closed again.
     *
     * @param onEnd is told what has ended that the server cannot go on without
     */
    static Assembly start(Settings settings, Consumer<String> onEnd) {
        Assembly assembly = new Assembly(settings, onEnd);
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

        // Before anything is made that would stay behind.
        HttpServer.requireFree(settings.listen());
        DataFolder folder = opened(DataFolder.open(settings.data()));
        SqlStore store = opened(store(folder, names));
        Network network = opened(network(store, names));

        Operations operations = operations();
        HostSide hosts = HostSide.of(store, names, operations, settings.network(), network);
        SweepFigures sweeps = new SweepFigures();
        Sweeper sweeper = opened(sweeper(store, names, operations, sweeps));
        RegionClock clock = clock(store, home, sweeper);

        RequestRegion region = new RequestRegion(regions);
        Access access = Access.of(settings, folder, store, region, operations.accounts());
        Cockpit cockpit = new Cockpit(store, settings, region);
        Function<Authenticator, Authenticator> throttled = throttled();
        Authenticator callers = throttled.apply(cockpit.or(access.authenticator()));
        ReadTurns turns = new ReadTurns(activity);
        CallRunner calls = new CallRunner(store, turns);
        EventCalls events = new EventCalls(store, names, turns);
        DefaultNetGiver homes = new DefaultNetGiver(callers, store, new DefaultNets(operations.subregions()));
        ResetGate gate = new ResetGate();
        ResetCall reset = reset(new Reset(store, network, gate, homes::forget));
        OwnEndpoint own = new OwnEndpoint(
                folder.adminToken(),
                callers,
                new AccountCalls(store, home, operations.accounts(), operations.accessKeys(), cockpit.passwords()),
                new RegionCalls(store, operations.subregions(), clock),
                hosts.calls(),
                events,
                new StatusCall(store, regions, clock, network, particularsType(), process(), () -> written(store)),
                new BackupCall(() -> new BackupDownload(store.beginBackup(version()), folder.keyFiles())),
                reset,
                new ReachabilityCalls(store, names, operations.calls(), turns, network, settings.publicIps()),
                new ProbeCalls(store, hosts.probes()),
                cockpit.ownAccount(operations.accounts(), turns),
                new PeeringRequestCalls(store, operations.peerings(), turns));
        Readiness readiness = readiness(store, home, turns, network);
        AwsServices aws = aws(calls, settings.defaultNets() ? homes : callers, operations, network, access);
        Endpoint console = cockpit.endpoint(operations, access.lockouts(), clock);
        OapiEndpoint oapi =
                oapi(calls, callers, throttled.apply(passwords(access, cockpit, region)), operations, cockpit);
        Metrics metrics = new Metrics(version(), network, figures(store), sweeps);
        Map<String, Endpoint> linkspan = linkspan(own, hosts.agents(), folder, oapi, readiness, metrics);
        Dispatcher dispatcher = new Dispatcher(
                guarded(paths(aws, oapi, console, linkspan), gate, reset), aws.elsewhere(), new ObservedCalls(metrics));
        HttpServer http = opened(http(dispatcher, own, hosts.agents()));
        beforeThat(events::stopWaiting);
        beforeThat(hosts.agents()::stopWaiting);
        beforeThat(cockpit::stop);
        beforeThat(readiness::stop);
        begin(network, sweeper, http);
        readiness.askListener(http::failure);
        watch(readiness, List.of(store::ended, network::ended, sweeper::ended, http::ended));
    }

    private Operations operations() {
        Placement placement = settings.network().placesOnHosts() ? Placement.ON_HOSTS : Placement.WITHOUT_HOSTS;
        return new Operations(settings.regions(), images(), settings.publicIps(), placement, peeringRules(), activity);
    }

    private ResetCall reset(Reset reset) {
        return new ResetCall(settings.dev() ? Optional.of(reset::run) : Optional.empty());
    }

    /** Both know whose head of a request it is, each of its own callers. */
    private HttpServer http(Endpoint endpoint, OwnEndpoint own, AgentEndpoint agents) {
        Predicate<ApiRequest> known = head -> own.knows(head) || agents.knows(head);
        return new HttpServer(
                settings.listen(), endpoint, known, settings.limits().within(OpenFiles.most()), STOP_GRACE);
    }

    /** What is Linkspan's own, by path. */
    private static Map<String, Endpoint> linkspan(
            OwnEndpoint own,
            AgentEndpoint agents,
            DataFolder folder,
            OapiEndpoint oapi,
            Readiness readiness,
            Metrics metrics) {
        return Map.ofEntries(
                entry("/linkspan/v1/", own),
                entry(AgentEndpoint.PATH, agents),
                entry("/linkspan/v1/identity", new IdentityEndpoint(folder.adminToken())),
                entry("/linkspan/v1/openapi.json", new DescriptionEndpoint(described(oapi, own))),
                entry("/healthz", new HealthEndpoint(readiness)),
                entry("/readyz", new HealthEndpoint(readiness)),
                entry("/metrics", new MetricsEndpoint(metrics.contentType(), metrics::text)));
    }

    private static OapiEndpoint oapi(
            CallRunner calls, Authenticator callers, Authenticator passwords, Operations operations, Cockpit cockpit) {
        List<Operation> all = Stream.concat(operations.calls().stream(), cockpit.authenticationCalls().stream())
                .toList();
        return new OapiEndpoint(calls, callers, passwords, all);
    }

    /** Who believes every request asks for no password. */
    private Authenticator passwords(Access access, Cockpit cockpit, RequestRegion region) {
        return settings.dev() ? access.authenticator() : cockpit.byPassword(region);
    }

    private void begin(Network network, Sweeper sweeper, HttpServer http) {
        network.start();
        sweeper.start();
        http.start();
        port = http.port();
    }

    /** All that are throttled by it share one account of what everybody has called. */
    private Function<Authenticator, Authenticator> throttled() {
        Throttle addresses = new Throttle("address", settings.fairness().callsPerAddress());
        Throttle accounts = new Throttle("account", settings.fairness().callsPerAccount());
        return authenticator -> new ThrottledAuthenticator(authenticator, addresses, accounts);
    }

    private Sweeper sweeper(SqlStore store, List<RegionName> regions, Operations operations, SweepFigures figures) {
        return new Sweeper(
                store,
                regions,
                operations.peerings(),
                operations.vms(),
                operations.hosts(),
                settings.fairness().eventRetention(),
                store.lease("sweeper"),
                figures);
    }

    private static Readiness readiness(SqlStore store, RegionName home, ReadTurns turns, Network network) {
        return new Readiness(
                store,
                home,
                new Readiness.StoreFacts(
                        store::whyNotWritable, store.schemaVersion(), store::longestWait, turns::longestWait),
                network);
    }

    /** What is answered at which path; of two that fit, the longer one counts. */
    private static Map<String, Endpoint> paths(
            Endpoint aws, OapiEndpoint oapi, Endpoint console, Map<String, Endpoint> linkspan) {
        Map<String, Endpoint> paths = new HashMap<>(linkspan);
        oapi.barePaths().forEach(path -> paths.put(path, oapi));
        paths.put("/", new RootEndpoint(aws));
        paths.put("/fcu", aws);
        paths.put("/api/", oapi);
        paths.put("/cockpit", console);
        paths.put("/cockpit/", console);
        return paths;
    }

    private void watch(Readiness readiness, List<Supplier<List<String>>> parts) {
        Watch watch = opened(new Watch(what -> {
            readiness.end(what);
            onEnd.accept(what);
        }));
        parts.forEach(watch::over);
        watch.start();
    }

    /** What believes every request believes none of another site's pages, and can be brought back to empty. */
    private Map<String, Endpoint> guarded(Map<String, Endpoint> endpoints, ResetGate gate, ResetCall reset) {
        if (!settings.dev()) {
            return endpoints;
        }
        Map<String, Endpoint> guarded = new HashMap<>();
        endpoints.forEach(
                (path, endpoint) -> guarded.put(path, new OwnMachine(gate.guarding(endpoint, Assembly::passesGate))));
        guarded.put(ResetCall.COMPATIBLE_PATH, new OwnMachine(reset.compatible()));
        return guarded;
    }

    /** What waits for events, or for the gate itself. */
    private static boolean passesGate(ApiRequest request) {
        String path = request.plainPath();
        return path.equals(AgentEndpoint.PATH)
                || path.endsWith("/ReadEvents")
                || path.endsWith("/Reset")
                || path.endsWith("/events");
    }

    private static List<DescribedCall> described(OapiEndpoint oapi, OwnEndpoint own) {
        return Stream.of(oapi.described(), own.described(), SessionCalls.described())
                .flatMap(Function.identity())
                .toList();
    }

    private SqlStore store(DataFolder folder, List<RegionName> regions) {
        boolean manual = settings.clock() == Settings.Clock.MANUAL;
        return settings.store()
                .map(url -> SqlStore.postgres(
                        url, folder, regions, manual ? StoreClock.manual(Instant.now()) : StoreClock.ofDatabase()))
                .orElseGet(() -> SqlStore.sqlite(
                        folder,
                        regions,
                        manual ? StoreClock.manual(Instant.now()) : StoreClock.of(InstantSource.system())));
    }

    /** EC2, and at the same address what its clients look images up with. */
    private static AwsServices aws(
            CallRunner calls, Authenticator callers, Operations operations, Network network, Access access) {
        return new AwsServices(
                new Ec2Endpoint(calls, callers, operations.ec2Actions(network), access.stsActions()),
                Map.of("ssm", new SsmEndpoint(callers, operations.images())));
    }

    private Images images() {
        return settings.images().map(Assembly::imagesOf).orElseGet(ImageFile::standard);
    }

    private static Images imagesOf(Path file) {
        try {
            return ImageFile.read(Files.readString(file));
        } catch (ImageFile.Malformed malformed) {
            throw new InvalidSettings("--images %s, %s.".formatted(file, malformed.getMessage()));
        } catch (IOException unreadable) {
            throw new InvalidSettings("--images %s: the file cannot be read as text in UTF-8.".formatted(file));
        }
    }

    private PeeringRules peeringRules() {
        return new PeeringRules(settings.peeringRequiresVm(), settings.network().separatesOverlappingPeers());
    }

    private RegionClock clock(SqlStore store, RegionName home, Sweeper sweeper) {
        return switch (settings.clock()) {
            case SYSTEM -> new Clocks.SystemClock(InstantSource.system());
            case MANUAL -> new Clocks.MovableClock(store, home, sweeper::wake);
        };
    }

    private Network network(SqlStore store, List<RegionName> regions) {
        Optional<Supplier<Lease>> lease = settings.store().map(_ -> () -> store.lease("network"));
        DriverSettings driver =
                new DriverSettings(sharedName(), settings.fairness().flows(), settings.publicIps(), settings.uplink());
        settings.network().requireUsable(driver);
        return settings.network().open(new NetworkContext(store, regions, lease, driver, VERIFY_EVERY));
    }

    /** One for each data folder, or for each database, whose servers on one machine take over from each other. */
    private String sharedName() {
        return settings.store()
                .map(url -> url.replaceFirst("\\?.*", ""))
                .orElseGet(() -> settings.data().toString());
    }

    private static StatusCall.Written written(SqlStore store) {
        return new StatusCall.Written(store.committedUnits(), store.committedBatches());
    }

    private static StoreFigures figures(SqlStore store) {
        return new StoreFigures(
                store::lastSequences,
                store::peeringCounts,
                store::committedBatches,
                store::committedUnits,
                store::waitingUnits);
    }

    private static String version() {
        return Optional.ofNullable(Assembly.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static StatusCall.ServerProcess process() {
        return new StatusCall.ServerProcess(version(), Instant.now());
    }

    private Class<? extends Record> particularsType() {
        return settings.network().particulars().getClass();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Something to be done before what was opened so far is closed. */
    private void beforeThat(Runnable farewell) {
        opened.push(farewell::run);
    }

    /** Where clients find the server. */
    URI url() {
        String host = settings.listen().getHostString();
        return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }

    /** Is ready no more, lets what is under way end, stops listening, and closes the rest in turn; once. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failure) {
                LOG.log(Level.WARNING, "a part of the server did not close as it should", failure);
            }
        }
    }
}
