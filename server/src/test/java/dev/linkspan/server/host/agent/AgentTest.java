package dev.linkspan.server.host.agent;

import static dev.linkspan.server.host.agent.TwoMachines.A;
import static dev.linkspan.server.host.agent.TwoMachines.ADDRESS_A;
import static dev.linkspan.server.host.agent.TwoMachines.ADDRESS_B;
import static dev.linkspan.server.host.agent.TwoMachines.B;
import static dev.linkspan.server.host.agent.TwoMachines.NIC_A;
import static dev.linkspan.server.host.agent.TwoMachines.NIC_B;
import static dev.linkspan.server.host.agent.TwoMachines.SECONDARY;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Slow;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbePacket;
import dev.linkspan.server.host.protocol.HostTask;
import dev.linkspan.server.host.protocol.HostedMachine;
import dev.linkspan.server.host.protocol.LinkReport;
import dev.linkspan.server.host.protocol.LinkState;
import dev.linkspan.server.host.protocol.SyncRequest;
import dev.linkspan.server.host.protocol.TaskOrder;
import dev.linkspan.server.host.protocol.TaskResult;
import dev.linkspan.server.network.LiveFlow;
import dev.linkspan.server.network.Probe;
import dev.linkspan.server.network.Prober;
import dev.linkspan.server.network.linux.Eventually;
import dev.linkspan.server.network.linux.netlink.Netlink;
import dev.linkspan.server.network.linux.netlink.NetworkDevice;
import dev.linkspan.server.network.ovn.OvnDriver;
import dev.linkspan.server.network.ovn.OvnTestbed;
import dev.linkspan.server.network.vm.RawSocket;
import dev.linkspan.server.network.vm.UdpStation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An agent on a real host of OVN's, and a server that says what it must have. */
@Slow
class AgentTest {

    private static final int CAPACITY = 7;
    private static final int UDP = 5000;
    private static final LinkReport A_UP = LinkReport.of(NIC_A, LinkState.UP);
    private static final LinkReport B_UP = LinkReport.of(NIC_B, LinkState.UP);
    private static final String LINK_A = LinkNames.of(NIC_A);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @TempDir
    private Path folder;

    private final ContractServer server = new ContractServer();
    private OvnDriver driver;
    private Agent agent;

    @BeforeEach
    void start() throws IOException {
        driver = OvnDriver.open(testbed.settings(OvnTestbed.NETWORK));
        driver.apply(TwoMachines.plan());
        Files.writeString(folder.resolve("token"), ContractServer.TOKEN + "\n");
        startAgent();
    }

    private void startAgent() {
        agent = Agent.start(
                new AgentSettings(server.url(), folder.resolve("token"), Optional.empty(), CAPACITY, "1.0"),
                testbed.host().settings());
    }

    @AfterEach
    void end() {
        agent.close();
        driver.close();
        server.close();
    }

    private void place() {
        server.place(TwoMachines.machines(TwoMachines.plan()));
        server.awaitLinks(A_UP, B_UP);
    }

    private void demandTheySpeak() throws IOException {
        try (Prober prober = testbed.prober(List.of(A, B), Set.of(UDP))) {
            prober.demand(Map.of(
                    new Probe.Udp(A.value(), ADDRESS_B, UDP), answeredBy(B.value()),
                    new Probe.Tcp(B.value(), ADDRESS_A, UDP), answeredBy(A.value())));
        }
    }

    @Test
    void the_machines_that_a_server_has_placed_are_made_and_speak_to_each_other() throws IOException {
        Eventually.holds(() -> server.last().isPresent());
        SyncRequest first = server.last().orElseThrow();
        assertThat(first.known()).isEqualTo(SyncRequest.NOTHING_KNOWN);
        assertThat(first.capacity()).isEqualTo(CAPACITY);
        assertThat(first.version()).isEqualTo("1.0");
        assertThat(first.load()).isPositive();

        place();
        demandTheySpeak();
        assertThat(server.last().orElseThrow().boot()).isEqualTo(first.boot());
    }

    @Test
    void a_machine_without_a_network_yet_is_told_to_be_down() {
        driver.removeOrphans(Set.of(), Set.of(), Set.of());
        server.place(TwoMachines.machines(TwoMachines.plan()));
        server.awaitLinks(LinkReport.of(NIC_A, LinkState.DOWN), LinkReport.of(NIC_B, LinkState.DOWN));
        driver.apply(TwoMachines.plan());
        server.awaitLinks(A_UP, B_UP);
    }

    @Test
    void an_agent_that_starts_again_takes_over_what_is_there_and_no_packet_is_lost() throws Exception {
        place();
        demandTheySpeak();
        UUID boot = server.last().orElseThrow().boot();
        try (UdpStation from = UdpStation.at(testbed.machine(A), ADDRESS_A, UDP);
                UdpStation to = UdpStation.at(testbed.machine(B), ADDRESS_B, UDP);
                LiveFlow flow = testbed.connect(A, B, ADDRESS_B, 6000)) {
            Thread restart = Thread.ofPlatform().start(() -> {
                agent.close();
                startAgent();
            });
            int sent = 0;
            while (restart.isAlive() || !hasTakenOver(boot)) {
                from.send("packet " + ++sent, ADDRESS_B, UDP);
                assertThat(to.receive(AT_ONCE)).contains("packet " + sent);
            }
            assertThat(sent).isGreaterThan(10);
            assertThat(flow.passesForward(AT_ONCE)).isTrue();
            assertThat(flow.passesBackward(AT_ONCE)).isTrue();
        }
    }

    private boolean hasTakenOver(UUID before) {
        return server.last()
                .filter(request -> !request.boot().equals(before) && request.known() > 0)
                .filter(request -> request.links().containsAll(List.of(A_UP, B_UP)))
                .isPresent();
    }

    @Test
    void what_somebody_changes_on_the_host_is_mended() throws IOException {
        place();
        List<Runnable> changes = List.of(
                () -> testbed.host().run("ip", "link", "del", LINK_A),
                () -> testbed.host().run("ip", "link", "set", LINK_A, "down"),
                this::replaceLink,
                () -> testbed.host().vsctl("del-port", LINK_A),
                () -> testbed.host().vsctl("clear", "Interface", LINK_A, "external_ids"),
                () -> testbed.host().namespaces().delete(A.value()));
        for (Runnable change : changes) {
            change.run();
            Eventually.holds(this::aAnswers);
        }
        demandTheySpeak();
        server.awaitLinks(A_UP, B_UP);
    }

    /** By one of the same name, which the switch does not notice. */
    private void replaceLink() {
        testbed.host().run("ip", "link", "del", LINK_A);
        testbed.host().run("ip", "link", "add", LINK_A, "up", "type", "veth", "peer", "name", "somewhere-else");
    }

    private boolean aAnswers() {
        return server.run(probe(B, new ProbePacket.Echo(ADDRESS_A)))
                .probe()
                .flatMap(TaskResult.ProbeResult::roundTripMicros)
                .isPresent();
    }

    private static TaskOrder probe(VmId from, ProbePacket packet) {
        return TaskOrder.of(new HostTask.Probe(UUID.randomUUID(), from, packet));
    }

    @Test
    void what_a_former_server_has_left_goes_and_what_is_others_stays() throws IOException {
        place();
        agent.close();
        testbed.host().run("ip", "link", "add", "somebody", "up", "type", "veth", "peer", "name", "elses");
        testbed.host().vsctl("add-port", "br-int", "somebody");
        testbed.host().namespaces().create("somebody-elses");
        List<HostedMachine> only = TwoMachines.machines(TwoMachines.plan()).stream()
                .filter(machine -> machine.vmId().equals(B))
                .toList();
        server.place(only);
        startAgent();
        server.awaitLinks(B_UP);

        assertThat(testbed.host().namespaces().names())
                .contains("somebody-elses", B.value())
                .doesNotContain(A.value());
        assertThat(testbed.host().vsctl("list-ports", "br-int").lines())
                .contains("somebody", LinkNames.of(NIC_B))
                .doesNotContain(LINK_A);
        assertThat(devices()).contains("somebody", LinkNames.of(NIC_B)).doesNotContain(LINK_A);
    }

    /** The other end of a link of its own may have the number that a link of the agent's has on the host. */
    @Test
    void a_machine_may_have_links_of_its_own() throws IOException {
        place();
        try (Netlink netlink = testbed.host().namespace().openNetlink()) {
            int number = netlink.devices().stream()
                    .filter(device -> device.name().equals(LINK_A))
                    .findFirst()
                    .orElseThrow()
                    .index();
            String machine = "--net=" + testbed.machine(B).file();
            testbed.host()
                    .run(
                            "nsenter",
                            machine,
                            "ip",
                            "link",
                            "add",
                            "mine",
                            "index",
                            "900",
                            "type",
                            "veth",
                            "peer",
                            "name",
                            "own",
                            "index",
                            Integer.toString(number));
        }
        String before = port(LINK_A);
        agent.close();
        startAgent();
        server.awaitLinks(A_UP, B_UP);
        demandTheySpeak();
        assertThat(port(LINK_A)).isEqualTo(before);
    }

    private List<String> devices() {
        try (Netlink netlink = testbed.host().namespace().openNetlink()) {
            return netlink.devices().stream().map(NetworkDevice::name).toList();
        }
    }

    @Test
    void a_host_whose_server_is_away_stays_as_it_is_and_mends_itself() throws IOException {
        place();
        server.restartAfter(() -> {
            testbed.host().vsctl("del-port", LINK_A);
            Eventually.holds(() -> testbed.host().vsctl("list-ports", "br-int").contains(LINK_A));
        });
        int calls = server.calls();
        Eventually.holds(() -> server.calls() > calls);
        server.awaitLinks(A_UP, B_UP);
        demandTheySpeak();
    }

    @Test
    void a_token_that_is_refused_is_read_again_until_it_is_the_right_one() throws IOException {
        place();
        server.expect("another-token");
        server.place(List.of());
        Files.writeString(folder.resolve("token"), "another-token");
        server.awaitLinks();
        Eventually.holds(() -> testbed.host().namespaces().find(A.value()).isEmpty());
    }

    @Test
    void tasks_are_done_and_those_that_cannot_be_are_told_why() {
        place();
        TaskResult answered = server.run(probe(A, new ProbePacket.Echo(ADDRESS_B)));
        assertThat(answered.failure()).isEmpty();
        assertThat(answered.probe().orElseThrow().answer().roundTrip()).isPresent();

        TaskResult elsewhere = server.run(probe(VmId.KIND.of(0x5099), new ProbePacket.Echo(ADDRESS_B)));
        assertThat(elsewhere.probe().orElseThrow().answer().sent()).isFalse();

        TaskResult unknown = server.run(TaskOrder.of(new HostTask.Unknown(UUID.randomUUID())));
        assertThat(unknown.failure().orElseThrow()).contains("does not know");
    }

    @Test
    void a_machine_that_starts_tells_its_neighbours_who_it_is() {
        List<HostedMachine> machines = TwoMachines.machines(TwoMachines.plan());
        server.place(TwoMachines.withA(false, machines));
        server.awaitLinks(LinkReport.of(NIC_A, LinkState.DOWN), B_UP);
        try (RawSocket neighbour = RawSocket.frames(testbed.machine(B), "eth0")) {
            assertThat(hearsOf(neighbour, ADDRESS_A)).isFalse();
            server.place(machines);
            Eventually.holds(() -> hearsOf(neighbour, ADDRESS_A));
        }
    }

    /** Whether an ARP request of the address for itself is among what has come. */
    private static boolean hearsOf(RawSocket neighbour, Ipv4 address) {
        Optional<byte[]> frame = neighbour.poll();
        while (frame.isPresent()) {
            ByteBuffer read = ByteBuffer.wrap(frame.get());
            boolean announces = read.remaining() >= 42
                    && read.getShort(12) == 0x0806
                    && read.getInt(28) == address.bits()
                    && read.getInt(38) == address.bits();
            if (announces) {
                return true;
            }
            frame = neighbour.poll();
        }
        return false;
    }

    @Test
    void the_connections_of_an_address_that_is_taken_away_are_forgotten_and_no_others() throws IOException {
        driver.apply(TwoMachines.plan(SECONDARY));
        server.place(TwoMachines.machines(TwoMachines.plan(SECONDARY)));
        server.awaitLinks(A_UP, B_UP);
        try (Prober prober = testbed.prober(List.of(A, B), Set.of(UDP))) {
            prober.demand(Map.of(
                    new Probe.Udp(B.value(), SECONDARY, UDP), answeredBy(A.value()),
                    new Probe.Udp(B.value(), ADDRESS_A, UDP), answeredBy(A.value())));
        }
        assertThat(trackedOfA()).contains(SECONDARY.toString(), ADDRESS_A.toString());

        agent.close();
        driver.apply(TwoMachines.plan());
        server.place(TwoMachines.machines(TwoMachines.plan()));
        startAgent();
        server.awaitLinks(A_UP, B_UP);

        Eventually.holds(() -> !trackedOfA().contains(SECONDARY.toString()));
        assertThat(trackedOfA()).contains(ADDRESS_A.toString());
        assertThat(addressesOfA()).contains(ADDRESS_A).doesNotContain(SECONDARY);
    }

    private List<Ipv4> addressesOfA() {
        try (Netlink netlink = testbed.machine(A).openNetlink()) {
            return netlink.addresses().stream().map(it -> it.address()).toList();
        }
    }

    @Test
    void the_connections_of_a_nic_that_goes_are_forgotten() throws IOException {
        place();
        demandTheySpeak();
        String zone = zoneOfA();
        assertThat(tracked(zone)).contains(ADDRESS_A.toString());

        server.place(List.of());
        server.awaitLinks();
        assertThat(tracked(zone)).doesNotContain(ADDRESS_A.toString());
    }

    private String trackedOfA() {
        return tracked(zoneOfA());
    }

    private String tracked(String zone) {
        return testbed.host().control().run("dpctl/dump-conntrack", "zone=" + zone);
    }

    private String zoneOfA() {
        return testbed.host()
                .vsctl("get", "Bridge", "br-int", "external_ids:ct-zone-" + NIC_A.value())
                .strip()
                .replace("\"", "");
    }

    @Test
    void a_nic_whose_device_somebody_has_attached_gets_no_other_one() {
        place();
        addTap();
        try (Attachments attachments = attachments()) {
            attachments.attach(NIC_A, "tap0");
            attachments.attach(NIC_A, "tap0");
        }
        Eventually.holds(() -> testbed.host().namespaces().find(A.value()).isEmpty());
        Eventually.holds(() -> !devices().contains(LINK_A));
        server.awaitLinks(A_UP, B_UP);

        try (Attachments attachments = attachments()) {
            attachments.detach("tap0");
        }
        Eventually.holds(() -> testbed.host().namespaces().find(A.value()).isPresent());
        server.awaitLinks(A_UP, B_UP);
    }

    private void addTap() {
        testbed.host().run("ip", "link", "add", "tap0", "up", "type", "veth", "peer", "name", "inside");
        testbed.host().run("ip", "link", "set", "inside", "up");
    }

    private Attachments attachments() {
        return new Attachments(
                () -> testbed.host().namespace().openNetlink(),
                testbed.host().settings().switchDatabase());
    }

    @Test
    void an_attached_device_that_is_made_anew_is_taken_up_also_by_another_agent() {
        addTap();
        try (Attachments attachments = attachments()) {
            attachments.attach(NIC_A, "tap0");
        }
        place();
        agent.close();
        testbed.host().run("ip", "link", "del", "tap0");
        addTap();
        String before = port("tap0");
        startAgent();
        Eventually.holds(() -> !port("tap0").equals(before));
        server.awaitLinks(A_UP, B_UP);
        assertThat(testbed.host().namespaces().find(A.value())).isEmpty();
    }

    private String port(String device) {
        return testbed.host().vsctl("--if-exists", "get", "Port", device, "_uuid");
    }

    @Test
    void what_cannot_be_attached_is_refused_and_stays_as_it_is() {
        addTap();
        testbed.host().vsctl("add-port", "br-int", "tap0");
        String before = port("tap0");
        try (Attachments attachments = attachments()) {
            assertThat(testbed.failureOf(() -> attachments.attach(NIC_A, "tap0")))
                    .hasMessageContaining("Linkspan has not made");
            assertThat(testbed.failureOf(() -> attachments.attach(NIC_A, "tap1")))
                    .hasMessageContaining("no interface tap1");
            assertThat(testbed.failureOf(() -> attachments.attach(NIC_A, LINK_A)))
                    .hasMessageContaining("the agent's own");
            assertThat(testbed.failureOf(() -> attachments.detach("tap0"))).hasMessageContaining("not attached");
            attachments.attach(NIC_B, "inside");
            testbed.host().vsctl("del-port", "tap0");
            assertThat(testbed.failureOf(() -> attachments.attach(NIC_B, "tap0")))
                    .hasMessageContaining("attached to inside");
        }
        assertThat(port("inside")).isNotEqualTo(before).isNotBlank();
    }
}
