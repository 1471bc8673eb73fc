package dev.linkspan.server.host.agent;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.NicId;
import dev.linkspan.server.host.protocol.LinkState;
import dev.linkspan.server.network.ovsdb.Atom;
import dev.linkspan.server.network.ovsdb.Condition;
import dev.linkspan.server.network.ovsdb.Endpoint;
import dev.linkspan.server.network.ovsdb.Mutation;
import dev.linkspan.server.network.ovsdb.Operation;
import dev.linkspan.server.network.ovsdb.OperationResult;
import dev.linkspan.server.network.ovsdb.OvsdbClient;
import dev.linkspan.server.network.ovsdb.OvsdbSettings;
import dev.linkspan.server.network.ovsdb.OvsdbSettings.Limits;
import dev.linkspan.server.network.ovsdb.Row;
import dev.linkspan.server.network.ovsdb.Tables;
import dev.linkspan.server.network.ovsdb.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The switch of a host, by its database {@code Open_vSwitch}: the ports, and what OVN says of them. Whose a port is, OVN reads in
 * {@code external_ids:iface-id}; the agent's own marks stand beside it.
 */
final class HostSwitch implements AutoCloseable {

    private static final String BRIDGE = "br-int";

    private static final String BRIDGES = "Bridge";
    private static final String PORTS = "Port";
    private static final String INTERFACES = "Interface";
    private static final String SWITCH = "Open_vSwitch";
    private static final String NAME = "name";
    private static final String IDS = "external_ids";

    private static final String OVN_NIC = "iface-id";
    private static final String OVN_INSTALLED = "ovn-installed";
    private static final String OVN_ZONE = "ct-zone-";
    private static final String MARK = "linkspan-nic";
    private static final String DEVICE = "linkspan-device";
    private static final String ADDRESSES = "linkspan-addresses";

    private static final String ASKED = "next_cfg";
    private static final String DONE = "cur_cfg";

    private static final Map<String, Set<String>> MONITORED = Map.of(
            BRIDGES, Set.of(NAME, "ports", IDS),
            PORTS, Set.of(NAME, "interfaces"),
            INTERFACES, Set.of(NAME, IDS, "ofport", "link_state"),
            SWITCH, Set.of(ASKED, DONE));

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(3), PATIENCE, Duration.ofSeconds(15), Duration.ofMillis(100), PATIENCE, 512L << 20);

    private final OvsdbClient database;

    private HostSwitch(OvsdbClient database) {
        this.database = database;
    }

    /** Begins to connect to the database of the switch. */
    static HostSwitch open(Endpoint database) {
        return new HostSwitch(OvsdbClient.open(
                OvsdbSettings.of(List.of(database), SWITCH, MONITORED).with(LIMITS)));
    }

    /** Every port that has a single device, by the name of that. */
    Map<String, SwitchPort> ports() {
        database.awaitReady();
        return database.tables().read(HostSwitch::ports);
    }

    /** Waits until the ports are like this; false when they are not in time. */
    boolean await(Predicate<Map<String, SwitchPort>> wanted, Duration patience) throws InterruptedException {
        return database.tables().await(view -> wanted.test(ports(view)), patience);
    }

    private static Map<String, SwitchPort> ports(Tables.View view) {
        Set<Atom> onBridge = view.rows(BRIDGES).values().stream()
                .filter(row -> row.text(NAME).equals(BRIDGE))
                .flatMap(row -> atoms(row.get("ports")))
                .collect(Collectors.toSet());
        Map<String, SwitchPort> ports = new HashMap<>();
        view.rows(PORTS).forEach((id, row) -> {
            List<UUID> interfaces = atoms(row.get("interfaces"))
                    .flatMap(atom -> atom instanceof Atom.Id(UUID it) ? Stream.of(it) : Stream.empty())
                    .toList();
            if (interfaces.size() == 1) {
                UUID only = interfaces.getFirst();
                Row settings = view.rows(INTERFACES).getOrDefault(only, Row.NONE);
                SwitchPort port = port(id, only, settings, onBridge.contains(new Atom.Id(id)));
                ports.put(port.device(), port);
            }
        });
        return ports;
    }

    private static SwitchPort port(UUID id, UUID interfaceId, Row row, boolean onBridge) {
        Value ids = row.get(IDS);
        return new SwitchPort(
                row.text(NAME),
                id,
                interfaceId,
                ids.at(OVN_NIC).filter(_ -> onBridge).flatMap(NicId.KIND::tryParse),
                ids.at(MARK).flatMap(NicId.KIND::tryParse),
                ids.at(DEVICE)
                        .filter(text -> text.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .orElse(0),
                addresses(ids.at(ADDRESSES).orElse("")),
                ids.at(OVN_INSTALLED).equals(Optional.of("true")),
                state(row));
    }

    private static LinkState state(Row row) {
        if (row.whole("ofport").orElse(-1L) < 0) {
            return LinkState.MISSING;
        }
        return row.text("link_state").equals("down") ? LinkState.DOWN : LinkState.UP;
    }

    private static Stream<Atom> atoms(Value value) {
        return value instanceof Value.Atoms(Set<Atom> atoms) ? atoms.stream() : Stream.empty();
    }

    private static List<Ipv4> addresses(String text) {
        return Stream.of(text.split(" ", -1))
                .flatMap(it -> Ipv4.tryParse(it).stream())
                .toList();
    }

    private static String text(List<Ipv4> addresses) {
        return addresses.stream().map(Ipv4::toString).collect(Collectors.joining(" "));
    }

    /** The zone in which OVN tracks the connections of a NIC's port. */
    OptionalInt zone(NicId nic) {
        return database.tables()
                .read(view -> view.rows(BRIDGES).values().stream()
                        .filter(row -> row.text(NAME).equals(BRIDGE))
                        .flatMap(row -> row.get(IDS).at(OVN_ZONE + nic.value()).stream())
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .mapToInt(Integer::parseInt)
                        .findFirst());
    }

    /** Removes them, and waits until the switch has let go of their devices. */
    void remove(Collection<SwitchPort> ports) {
        Value gone = Value.ids(ports.stream().map(SwitchPort::port).toList());
        carryOut(List.of(new Operation.Mutate(BRIDGES, List.of(), List.of(Mutation.delete("ports", gone)))));
    }

    /** Makes them, and waits until the switch has taken up their devices. */
    void add(Collection<SwitchPort.Wanted> ports) {
        requireBridge();
        List<Operation> operations = new ArrayList<>();
        List<Atom> added = new ArrayList<>();
        for (SwitchPort.Wanted port : ports) {
            String name = "p" + added.size();
            operations.add(new Operation.Insert(
                    INTERFACES,
                    Optional.of(name + "i"),
                    new Row(Map.of(
                            NAME,
                            Value.text(port.device()),
                            IDS,
                            Value.pairs(Map.of(
                                    OVN_NIC, port.nic().value(),
                                    MARK, port.nic().value(),
                                    DEVICE, Integer.toString(port.deviceIndex()),
                                    ADDRESSES, text(port.addresses())))))));
            operations.add(new Operation.Insert(
                    PORTS,
                    Optional.of(name),
                    new Row(Map.of(
                            NAME,
                            Value.text(port.device()),
                            "interfaces",
                            Value.rows(new Atom.Inserted(name + "i"))))));
            added.add(new Atom.Inserted(name));
        }
        List<Condition> bridge = List.of(Condition.equal(NAME, Value.text(BRIDGE)));
        operations.add(
                Operation.Wait.demand(BRIDGES, bridge, List.of(NAME), List.of(Row.of(NAME, Value.text(BRIDGE)))));
        operations.add(new Operation.Mutate(
                BRIDGES, bridge, List.of(Mutation.insert("ports", Value.rows(added.toArray(Atom[]::new))))));
        carryOut(operations);
    }

    private void requireBridge() {
        boolean there = database.tables()
                .read(view -> view.rows(BRIDGES).values().stream()
                        .anyMatch(row -> row.text(NAME).equals(BRIDGE)));
        if (!there) {
            throw new IllegalStateException("the switch has no bridge %s: ovn-controller makes it".formatted(BRIDGE));
        }
    }

    /** Notes which addresses of a port are made known. */
    void note(SwitchPort port, List<Ipv4> addresses) {
        Value key = Value.texts(List.of(ADDRESSES));
        Value noted = Value.pairs(Map.of(ADDRESSES, text(addresses)));
        database.transact(List.of(new Operation.Mutate(
                INTERFACES,
                List.of(Condition.isRow(port.settings())),
                List.of(Mutation.delete(IDS, key), Mutation.insert(IDS, noted)))));
    }

    private void carryOut(List<Operation> operations) {
        List<Operation> all = new ArrayList<>(operations);
        all.add(new Operation.Mutate(SWITCH, List.of(), List.of(Mutation.add(ASKED, 1))));
        all.add(new Operation.Select(SWITCH, List.of(), List.of(ASKED)));
        List<OperationResult> results = database.transact(all);
        long asked = results.getLast().rows().stream()
                .flatMap(row -> row.whole(ASKED).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the database of the switch was never set up"));
        try {
            if (!database.tables().await(view -> done(view) >= asked, PATIENCE)) {
                throw new IllegalStateException(
                        "ovs-vswitchd has not done within %d s what its database says".formatted(PATIENCE.toSeconds()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the switch", interrupted);
        }
    }

    private static long done(Tables.View view) {
        return view.rows(SWITCH).values().stream()
                .flatMap(row -> row.whole(DONE).stream())
                .findFirst()
                .orElse(0L);
    }

    @Override
    public void close() {
        database.close();
    }
}
