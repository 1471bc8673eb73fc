package dev.linkspan.server.network;

import static dev.linkspan.server.network.ProbeResult.LOST;
import static dev.linkspan.server.network.ProbeResult.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.Slow;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.server.network.ovn.OvnTestbed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The network contract on OVN, and what only OVN can show. That peers of equal ranges are kept apart (P13) holds for flows that differ
 * in something; those that do not, OVN cannot tell apart.
 */
@Slow
class OvnNetworkTest extends NetworkContract {

    private static final Duration OFTEN = Duration.ofMillis(50);

    @RegisterExtension
    private final OvnTestbed testbed = new OvnTestbed();

    @Override
    Testbed testbed() {
        return testbed;
    }

    @Test
    @Rule("P1")
    void a_database_that_is_lost_is_written_again_and_what_was_closed_meanwhile_stays_closed() {
        NetPeeringId peering = network.connect(netA, netB);
        network.open(netA);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));

        network.stopDriving();
        testbed.loseNorthbound();
        network.restartWith(openDriver(), OFTEN);
        demand(Map.of(ping(a, b), answeredBy(b.name()), ping(b, a), answeredBy(a.name())));

        network.delete(netA, peering);
        network.settle();
        testbed.loseNorthbound();
        network.restartWith(openDriver(), OFTEN);
        demand(Map.of(ping(a, b), LOST, ping(b, a), LOST));
    }

    @Test
    @Rule({"P1", "R4"})
    void what_a_peering_needs_is_there_when_it_is_asked_for_and_carries_nothing_before_it_is_accepted() {
        network.open(netA);
        network.open(netB);
        NetPeeringId peering = network.request(netA, netB);
        network.route(netA, netB.range().toString(), peering);
        network.route(netB, netA.range().toString(), peering);
        demandLost(ping(a, b), ping(b, a), udp(a, b), udp(b, a));
        String requested = testbed.rows();
        assertThat(requested).contains(peering.value());

        network.accept(netB, peering);
        demand(Map.of(ping(a, b), answeredBy(b.name()), ping(b, a), answeredBy(a.name())));
        assertThat(testbed.rows())
                .as("nothing but members of address sets is new")
                .isEqualTo(requested);

        network.delete(netA, peering);
        demandLost(ping(a, b), ping(b, a));
        assertThat(testbed.rows()).doesNotContain(peering.value());
    }

    @Test
    void a_database_that_starts_again_is_written_on() {
        network.connect(netA, netB);
        network.settle();
        testbed.restartNorthbound();
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    @Rule("P11")
    void what_somebody_else_changed_is_repaired() {
        network.connect(netA, netB);
        network.open(netB);
        demand(Map.of(ping(a, b), answeredBy(b.name())));
        network.restartWith(openDriver(), OFTEN);
        String router = netA.id().value();

        for (List<String> change : List.of(
                List.of("lr-policy-del", router),
                List.of("lr-policy-add", router, "3000", "ip4", "drop"),
                List.of("lr-route-del", router),
                List.of("lr-del", router),
                List.of("ls-del", subnetA.id().value()),
                List.of("clear", "Logical_Router", router, "external_ids"),
                List.of("lsp-set-enabled", a.nic().id().value(), "disabled"),
                List.of("--all", "destroy", "Port_Group"),
                List.of("--all", "destroy", "Address_Set"))) {
            String before = testbed.rows();
            testbed.nbctl(change.toArray(String[]::new));
            testbed.awaitRows(before);
        }
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    void what_is_gone_leaves_no_row_and_what_is_others_stays() {
        testbed.nbctl("ls-add", "somebody-elses");
        testbed.nbctl("lr-add", "somebody-elses");
        network.connect(netA, netB);
        network.settle();
        assertThat(testbed.rows()).contains(netA.id().value());

        network.close();
        testbed.cleanUp();

        assertThat(testbed.nbctl("--bare", "--columns=name", "list", "Logical_Switch")
                        .strip())
                .isEqualTo("somebody-elses");
        assertThat(testbed.nbctl("--bare", "--columns=name", "list", "Logical_Router")
                        .strip())
                .isEqualTo("somebody-elses");
        assertThat(testbed.rows()).isEqualTo("somebody-elses\nsomebody-elses");
        network = null;
    }

    @Test
    void nothing_is_written_where_nothing_differs() {
        network.connect(netA, netB);
        network.settle();
        String revision = testbed.revisions();
        network.restartWith(openDriver(), OFTEN);
        demand(Map.of(ping(a, b), LOST));
        assertThat(testbed.revisions()).isEqualTo(revision);
    }

    @Test
    void what_no_host_has_in_force_does_not_count_as_applied() {
        network.settle();
        testbed.killController();
        network.connect(netA, netB);
        network.open(netB);
        assertThat(testbed.failureOf(network::settle)).hasMessageContaining("hosts do not have in force");

        testbed.startController();
        demand(Map.of(ping(a, b), answeredBy(b.name())));
    }

    @Test
    void a_server_whose_network_another_one_has_taken_over_is_refused() {
        network.connect(netA, netB);
        network.settle();
        try (Driver other = openDriver()) {
            other.removeOrphans(Set.of(netA.id(), netB.id()), Set.of(), Set.of());
            network.open(netB);
            assertThat(testbed.failureOf(network::settle)).hasMessageContaining("not owner");
        }
    }
}
