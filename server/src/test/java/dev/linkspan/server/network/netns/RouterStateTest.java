package dev.linkspan.server.network.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.plan.NetPlan;
import dev.linkspan.core.plan.NetPlan.PeeringLink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterStateTest {

    /** A router cannot tell which of two peers with the same address its error is for, so it is for neither. */
    @Test
    @Rule("P13")
    void a_router_speaks_to_those_peers_whose_range_no_other_peer_has() {
        assertThat(spokenTo(List.of(
                        "10.1.0.0/16", "10.1.2.0/24", "10.1.9.0/24", "10.2.0.0/16", "10.3.0.0/16", "10.3.0.0/16")))
                .containsExactly("10.2.0.0/16");
    }

    @Test
    @Rule("P13")
    void it_makes_no_difference_how_the_ranges_lie() {
        Random random = new Random(13);
        for (int i = 0; i < 500; i++) {
            List<Cidr> ranges = random.ints(1 + random.nextInt(8), 0, 64)
                    .mapToObj(n -> Cidr.tryParse("10.0.%d.0/%d".formatted(n, 18 + random.nextInt(7))))
                    .flatMap(Optional::stream)
                    .toList();
            List<String> alone = IntStream.range(0, ranges.size())
                    .filter(one -> IntStream.range(0, ranges.size())
                            .noneMatch(other -> other != one && ranges.get(one).overlaps(ranges.get(other))))
                    .mapToObj(one -> ranges.get(one).toString())
                    .toList();

            assertThat(spokenTo(ranges.stream().map(Cidr::toString).toList()))
                    .as("%s", ranges)
                    .containsExactlyInAnyOrderElementsOf(alone);
        }
    }

    private static List<String> spokenTo(List<String> peerRanges) {
        Map<NetPeeringId, PeeringLink> peerings = new HashMap<>();
        for (int i = 0; i < peerRanges.size(); i++) {
            NetPeeringId peering = new NetPeeringId("pcx-%08x".formatted(0x10000000 + i));
            NetId peer = new NetId("vpc-%08x".formatted(0x10000000 + i));
            peerings.put(peering, new PeeringLink(peering, peer, Cidr.parse(peerRanges.get(i))));
        }
        NetPlan plan = new NetPlan(
                new NetId("vpc-0fffffff"),
                Cidr.parse("172.16.0.0/16"),
                Map.of(),
                Map.of(),
                Map.of(),
                peerings,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty());
        return RouterState.of(plan, peerings.keySet()).routes().stream()
                .filter(route -> route.table() == KernelNames.OWN_TABLE)
                .map(route -> route.destination().toString())
                .toList();
    }
}
