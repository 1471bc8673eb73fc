package dev.linkspan.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SubnetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteLookupTest {

    private static final SubnetId LINKED = new SubnetId("subnet-00000001");
    private static final SubnetId OTHER = new SubnetId("subnet-00000002");
    private static final Route LOCAL = new Route(Cidr.parse("10.0.0.0/16"), new RouteTarget.Local());

    private static final RouteTable MAIN = table(1, Optional.empty(), LOCAL, through(1, "10.1.0.0/16"));
    private static final RouteTable OWN = table(
            2,
            Optional.of(LINKED),
            through(9, "0.0.0.0/0"),
            through(8, "10.0.0.0/8"),
            LOCAL,
            through(2, "10.1.0.0/16"),
            through(3, "10.1.2.0/24"),
            through(4, "10.1.2.3/32"));

    private static RouteTable table(int number, Optional<SubnetId> subnet, Route... routes) {
        return new RouteTable(
                RouteTableId.KIND.of(number),
                new NetId("vpc-00000001"),
                new AccountId("111111111111"),
                List.of(new RouteTableLink(RouteTableLinkId.KIND.of(number), subnet)),
                List.of(routes),
                Instant.EPOCH);
    }

    private static Route through(int peering, String destination) {
        return new Route(Cidr.parse(destination), new RouteTarget.Peering(NetPeeringId.KIND.of(peering)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3/32",
        "10.1.2.4, 10.1.2.0/24",
        "10.1.3.1, 10.1.0.0/16",
        "10.2.0.1, 10.0.0.0/8",
        "192.168.0.1, 0.0.0.0/0"
    })
    @Rule("R2")
    void the_longest_prefix_wins(String address, String destination) {
        RouteLookup found = RouteLookup.of(List.of(MAIN, OWN), LINKED, Ipv4.parse(address));

        assertThat(found.route()).map(Route::destination).contains(Cidr.parse(destination));
    }

    @Test
    @Rule("R1")
    void inside_the_nets_range_the_local_route_wins() {
        assertThat(RouteLookup.of(List.of(MAIN, OWN), LINKED, Ipv4.parse("10.0.255.255"))
                        .route())
                .contains(LOCAL);
    }

    /** No such route can be made (R5); if one were there, it would still lead nowhere. */
    @Test
    @Rule("R1")
    void inside_the_nets_range_the_local_route_wins_over_a_longer_prefix() {
        RouteTable odd = table(3, Optional.of(LINKED), LOCAL, through(5, "10.0.1.0/24"));

        assertThat(RouteLookup.of(List.of(odd), LINKED, Ipv4.parse("10.0.1.1")).route())
                .contains(LOCAL);
    }

    @Test
    @Rule("R2")
    void the_table_linked_to_the_subnet_decides_else_the_main_one() {
        Ipv4 address = Ipv4.parse("10.1.2.3");

        assertThat(RouteLookup.of(List.of(MAIN, OWN), LINKED, address).table()).isEqualTo(OWN);
        assertThat(RouteLookup.of(List.of(MAIN, OWN), OTHER, address))
                .isEqualTo(new RouteLookup(MAIN, Optional.of(through(1, "10.1.0.0/16"))));
    }

    @Test
    void what_no_route_covers_goes_nowhere() {
        assertThat(RouteLookup.of(List.of(MAIN), OTHER, Ipv4.parse("10.2.0.1")))
                .isEqualTo(new RouteLookup(MAIN, Optional.empty()));
    }

    @Test
    void a_net_without_a_main_table_is_a_bug() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RouteLookup.tableOf(List.of(OWN), OTHER))
                .withMessageStartingWith("BUG:");
    }
}
