package dev.linkspan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Slow;
import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NetworkAclId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.keypair.Keypair;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.keypair.PublicKeys;
import dev.linkspan.core.net.DhcpOption;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringSide;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.routing.RouteTable;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.StrictJson;
import dev.linkspan.server.store.DataFolder;
import dev.linkspan.server.store.SqlStore;
import dev.linkspan.server.store.StoreClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is named by id is looked up by id: every call that takes a list of ids is made with a thousand of them, and what it
 * reads is counted. Then the account gets as much again that is not named, and the same call must read no more.
 */
@Slow
class NamedByIdTest {

    private static final int NAMED = 1_000;

    /** Rows for each id: a VM is read with its NIC, and what it is in. */
    private static final int MOST_FOR_EACH = 12;

    private static final AccountId OWNER = new AccountId("123456789012");
    private static final List<Region> REGIONS = List.of(new Region(Fixture.REGION, List.of(Fixture.SUBREGION)));

    /** Calls that take ids of another resource than the one they are about, a few for each, and so cost what those cost. */
    private static final Set<String> FEW_IDS = Set.of(
            "CreateVms",
            "CreateNic",
            "UpdateNic",
            "UpdateVm",
            "RunInstances",
            "CreateNetworkInterface",
            "ModifyNetworkInterfaceAttribute",
            "ModifyInstanceAttribute",
            // One group's rules, which are that group's rows.
            "RevokeSecurityGroupIngress",
            "RevokeSecurityGroupEgress",
            // Of one path each, or of none: at most as many analyses as an account may have, a thousand.
            "DescribeNetworkInsightsAnalyses",
            "DescribeNetworkInsightsPaths",
            // Each of a group's Nets is asked for its peerings.
            "DescribeSecurityGroupReferences");

    /** The filter by which each Read call is asked for what it lists. */
    private static final Map<String, String> OWN_FILTERS = Map.ofEntries(
            Map.entry("ReadNets", "NetIds"),
            Map.entry("ReadSubnets", "SubnetIds"),
            Map.entry("ReadVms", "VmIds"),
            Map.entry("ReadVmsState", "VmIds"),
            Map.entry("ReadNics", "NicIds"),
            Map.entry("ReadRouteTables", "RouteTableIds"),
            Map.entry("ReadSecurityGroups", "SecurityGroupIds"),
            Map.entry("ReadNetPeerings", "NetPeeringIds"),
            Map.entry("ReadKeypairs", "KeypairIds"),
            Map.entry("ReadDhcpOptions", "DhcpOptionsSetIds"),
            Map.entry("ReadTags", "ResourceIds"));

    /** What the filters hold; those of ReadTags hold ids of every kind. */
    private static final Map<String, IdKind<?>> KINDS = Map.of(
            "NetIds", NetId.KIND,
            "SubnetIds", SubnetId.KIND,
            "VmIds", VmId.KIND,
            "NicIds", NicId.KIND,
            "RouteTableIds", RouteTableId.KIND,
            "SecurityGroupIds", SecurityGroupId.KIND,
            "NetPeeringIds", NetPeeringId.KIND,
            "KeypairIds", KeypairId.KIND,
            "DhcpOptionsSetIds", DhcpOptionsSetId.KIND);

    @TempDir
    private Path temporary;

    private final Map<IdKind<?>, List<String>> ids = new HashMap<>();

    private record Case(Operation operation, ObjectNode arguments) {

        String name() {
            return operation.name() + " " + List.copyOf(arguments.propertyNames());
        }
    }

    @Test
    void a_call_with_a_thousand_ids_reads_what_they_name_and_nothing_else() {
        Operations operations = new Operations(REGIONS, PublicIpPools.NONE, new PeeringRules(false, true));
        try (DataFolder folder = DataFolder.open(temporary.resolve("data"));
                SqlStore store = SqlStore.sqlite(folder, List.of(Fixture.REGION), StoreClock.of(new TestClock()))) {
            store.change(Fixture.REGION, Fixture.ORIGIN, unit -> {
                unit.accounts().save(new Account(OWNER, Optional.empty(), unlimited(), unit.now()));
                return new Crowd(unit, 0).make(ids);
            });
            List<Case> cases = Stream.of(operations.calls(), operations.ec2Actions(FlowTables.UNKNOWN))
                    .flatMap(List::stream)
                    .flatMap(this::cases)
                    .toList();
            assertThat(cases).hasSizeGreaterThan(25);

            Map<String, Long> before = rows(store, cases);
            store.change(Fixture.REGION, Fixture.ORIGIN, unit -> new Crowd(unit, NAMED).make(new HashMap<>()));
            Map<String, Long> after = rows(store, cases);

            assertThat(before)
                    .allSatisfy((name, rows) ->
                            assertThat(rows).as(name).isBetween((long) NAMED / 2, (long) MOST_FOR_EACH * NAMED));
            assertThat(after).isEqualTo(before);
        }
    }

    private static Map<Quota, Integer> unlimited() {
        Map<Quota, Integer> limits = new HashMap<>();
        for (Quota quota : Quota.values()) {
            limits.put(quota, Quota.UNLIMITED);
        }
        return limits;
    }

    /** With every list of ids that it takes in turn. */
    private Stream<Case> cases(Operation operation) {
        List<Case> cases = new ArrayList<>();
        String filter = OWN_FILTERS.get(operation.name());
        if (filter != null && operation.request().getPackageName().endsWith("oapi")) {
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            fill(arguments.putObject("Filters").putArray(filter), idsFor(filter));
            cases.add(new Case(operation, arguments));
        }
        for (RecordComponent component : operation.request().getRecordComponents()) {
            List<String> wanted = idsFor(component);
            if (!wanted.isEmpty() && !FEW_IDS.contains(operation.name())) {
                String name = component.getName();
                ObjectNode arguments = JsonNodeFactory.instance.objectNode();
                fill(arguments.putArray(Character.toUpperCase(name.charAt(0)) + name.substring(1)), wanted);
                if (operation.name().endsWith("Tags")) {
                    arguments
                            .putArray(name.endsWith("s") ? "Tags" : "Tag")
                            .addObject()
                            .put("Key", "colour")
                            .put("Value", "red");
                }
                cases.add(new Case(operation, arguments));
            }
        }
        return cases.stream();
    }

    private static void fill(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private List<String> idsFor(String filter) {
        return Optional.ofNullable(KINDS.get(filter)).map(this::of).orElseGet(this::rulesAndTables);
    }

    private List<String> idsFor(RecordComponent component) {
        if (component.getName().matches("resourceIds?")) {
            return rulesAndTables();
        }
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType list
                && list.getRawType().equals(List.class)
                && list.getActualTypeArguments()[0] instanceof Class<?> element
                && ResourceId.class.isAssignableFrom(element)) {
            return ids.entrySet().stream()
                    .filter(entry -> ResourceId.tryParse(entry.getValue().getFirst())
                            .filter(element::isInstance)
                            .isPresent())
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(List.of());
        }
        return List.of();
    }

    private List<String> of(IdKind<?> kind) {
        return Optional.ofNullable(ids.get(kind)).orElseThrow();
    }

    /** Of each kind some, a thousand in all, most of them rules. */
    private List<String> rulesAndTables() {
        return Stream.of(
                        of(SecurityGroupRuleId.KIND).stream().limit(400),
                        of(SecurityGroupId.KIND).stream().limit(300),
                        of(RouteTableId.KIND).stream().limit(300))
                .flatMap(stream -> stream)
                .toList();
    }

    private static Map<String, Long> rows(SqlStore store, List<Case> cases) {
        Map<String, Long> rows = new TreeMap<>();
        for (Case one : cases) {
            AtomicLong count = new AtomicLong();
            assertThatThrownBy(() -> store.change(Fixture.REGION, Fixture.ORIGIN, unit -> {
                        run(one.operation(), one.arguments(), counting(unit, count));
                        throw new Undone();
                    }))
                    .as(one.name())
                    .isInstanceOf(Undone.class);
            rows.put(one.name(), count.get());
        }
        return rows;
    }

    /** Takes back what a call has changed, so that the next one finds everything as it was. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Object run(Operation operation, ObjectNode arguments, UnitOfWork unit) {
        return switch (operation) {
            case Operation.Read<?> read -> read(read, arguments, unit);
            case Operation.Change<?> change -> change(change, arguments, unit);
            case Operation.Open<?> _, Operation.Own<?> _ ->
                throw new AssertionError(operation.name() + " reads nothing");
        };
    }

    private static <Q extends Record> Object read(Operation.Read<Q> read, ObjectNode arguments, Snapshot snapshot) {
        return read.handler().handle(new ReadCall(snapshot, OWNER), StrictJson.bind(arguments, read.request()));
    }

    private static <Q extends Record> Object change(Operation.Change<Q> change, ObjectNode arguments, UnitOfWork unit) {
        return change.handler().handle(new ChangeCall(unit, OWNER), StrictJson.bind(arguments, change.request()));
    }

    /** The same unit, but what its repositories answer is counted, row by row. */
    private static UnitOfWork counting(UnitOfWork unit, AtomicLong count) {
        return proxy(
                UnitOfWork.class,
                unit,
                (method, answer) -> method.getReturnType().getSimpleName().endsWith("Repository")
                        ? proxy(method.getReturnType(), answer, (_, found) -> {
                            count.addAndGet(rows(found));
                            return found;
                        })
                        : answer);
    }

    /** The same thing, with something done to what it answers. */
    private static <T> T proxy(Class<T> type, Object behind, BiFunction<Method, Object, Object> answering) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    try {
                        return answering.apply(method, method.invoke(behind, arguments));
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    private static long rows(Object answer) {
        return switch (answer) {
            case null -> 0;
            case Optional<?> optional -> optional.map(NamedByIdTest::rows).orElse(0L);
            case Collection<?> many ->
                many.stream().mapToLong(NamedByIdTest::rows).sum();
            case SecurityGroup group -> 1 + group.rules().size();
            case RouteTable table -> 1 + table.routes().size() + table.links().size();
            case Record _ -> 1;
            default -> 0;
        };
    }

    /**
     * A thousand of everything.
     *
     * @param first they are numbered from here
     */
    private record Crowd(UnitOfWork unit, int first) {

        private static final PublicKey KEY = PublicKeys.of(KeypairType.ED25519, "");

        boolean make(Map<IdKind<?>, List<String>> ids) {
            Fixture fixture = new Fixture(new UnitStore(unit));
            Net home = fixture.net(OWNER, "10.%d.0.0/16".formatted(first / NAMED));
            Subnet wide = fixture.subnet(home, "10.%d.128.0/17".formatted(first / NAMED));
            SecurityGroup group = fixture.defaultGroup(home);
            IntStream.range(first, first + NAMED).forEach(number -> {
                Net net = fixture.net(OWNER, "172.16.0.0/28");
                keep(ids, NetId.KIND, net.id());
                keep(ids, NetworkAclId.KIND, NetworkAclId.ofDefault(net.id()));
                keep(ids, RouteTableId.KIND, fixture.mainTable(net).id());
                keep(
                        ids,
                        SubnetId.KIND,
                        fixture.subnet(
                                        home,
                                        "10.%d.%d.%d/29".formatted(first / NAMED, number % NAMED / 32, number % 32 * 8))
                                .id());
                String address = "10.%d.%d.%d".formatted(first / NAMED, 128 + number % NAMED / 200, 10 + number % 200);
                keep(ids, VmId.KIND, fixture.vm(wide, address, group.id()).id());
                String other = "10.%d.%d.%d".formatted(first / NAMED, 140 + number % NAMED / 200, 10 + number % 200);
                keep(ids, NicId.KIND, fixture.nic(wide, other, group.id()).id());
                SecurityGroup own = group(home, "group " + number);
                keep(ids, SecurityGroupId.KIND, own.id());
                keep(ids, SecurityGroupRuleId.KIND, own.rules().getFirst().id());
                keep(ids, NetPeeringId.KIND, peering(home, net).id());
                keep(ids, KeypairId.KIND, keypair("key " + number).id());
                keep(ids, DhcpOptionsSetId.KIND, dhcpOptions().id());
                unit.tags().save(new Tag(own.rules().getFirst().id(), OWNER, "Name", "rule " + number));
            });
            return true;
        }

        private static void keep(Map<IdKind<?>, List<String>> ids, IdKind<?> kind, ResourceId id) {
            ids.computeIfAbsent(kind, _ -> new ArrayList<>()).add(id.value());
        }

        private SecurityGroup group(Net net, String name) {
            List<SecurityGroupRule> rules = IntStream.range(0, 3)
                    .mapToObj(port -> new SecurityGroupRule(
                            unit.newId(SecurityGroupRuleId.KIND),
                            Direction.INBOUND,
                            new Traffic.Ports(Traffic.TCP, port, port),
                            new Counterpart.Range(Cidr.ALL),
                            ""))
                    .toList();
            SecurityGroup made =
                    new SecurityGroup(unit.newId(SecurityGroupId.KIND), net.id(), OWNER, name, "", rules, unit.now());
            unit.securityGroups().save(made);
            return made;
        }

        private NetPeering peering(Net source, Net accepter) {
            NetPeering made = NetPeering.requested(
                    unit.newId(NetPeeringId.KIND), PeeringSide.of(source), PeeringSide.of(accepter), unit.now());
            unit.peerings().save(made);
            return made;
        }

        private Keypair keypair(String name) {
            Keypair made = new Keypair(unit.newId(KeypairId.KIND), OWNER, name, KEY, Optional.empty(), unit.now());
            unit.keypairs().save(made);
            return made;
        }

        private DhcpOptionsSet dhcpOptions() {
            DhcpOptionsSet made = new DhcpOptionsSet(
                    unit.newId(DhcpOptionsSetId.KIND),
                    OWNER,
                    Map.of(DhcpOption.DOMAIN_NAME, List.of("example.com")),
                    unit.now());
            unit.dhcpOptionsSets().save(made);
            return made;
        }
    }
}
