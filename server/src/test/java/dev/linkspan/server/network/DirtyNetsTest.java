package dev.linkspan.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.server.network.DirtyNets.Cause;
import dev.linkspan.server.network.DirtyNets.DirtyNet;
import dev.linkspan.server.network.DirtyNets.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirtyNetsTest {

    private static final RegionName REGION = new RegionName("eu-west-2");
    private static final Cause ANNS = new Cause("ann", false);
    private static final Cause BOBS = new Cause("bob", false);
    private static final Cause BOBS_REVOCATION = new Cause("bob", true);

    private final DirtyNets dirty = new DirtyNets();
    private long sequence;

    private static NetId net(int number) {
        return NetId.KIND.of(number);
    }

    private void add(int number, Cause cause) {
        dirty.add(REGION, Map.of(net(number), cause), ++sequence, System.nanoTime());
    }

    private List<NetId> takeAll() throws InterruptedException {
        return dirty.take(System.nanoTime()).work().stream()
                .map(Work::net)
                .map(DirtyNet::net)
                .toList();
    }

    @Test
    void revocations_come_first_and_then_it_goes_by_turns() throws InterruptedException {
        add(1, ANNS);
        add(2, ANNS);
        add(3, ANNS);
        add(4, BOBS);
        add(5, BOBS_REVOCATION);

        assertThat(takeAll()).containsExactly(net(5), net(1), net(4), net(2), net(3));
    }

    @Test
    void a_net_waits_once_and_a_revocation_moves_it_forward() throws InterruptedException {
        add(1, ANNS);
        add(2, ANNS);
        add(2, BOBS_REVOCATION);
        add(2, ANNS);
        assertThat(dirty.size()).isEqualTo(2);

        assertThat(takeAll()).containsExactly(net(2), net(1));
        assertThat(takeAll()).isEmpty();
    }

    @Test
    void a_batch_is_not_waited_for_by_revocations_and_by_those_of_whom_nothing_is_in_it() {
        add(1, ANNS);
        add(2, BOBS);

        assertThat(dirty.takeMeanwhile(Set.of("ann")).map(Work::net)).contains(new DirtyNet(REGION, net(2)));
        assertThat(dirty.takeMeanwhile(Set.of("ann"))).isEmpty();
        add(3, new Cause("ann", true));
        Optional<Work> revocation = dirty.takeMeanwhile(Set.of("ann"));
        assertThat(revocation.map(Work::net)).contains(new DirtyNet(REGION, net(3)));
        assertThat(dirty.takeIfWaiting(new DirtyNet(REGION, net(1)))).isTrue();
        assertThat(dirty.takeIfWaiting(new DirtyNet(REGION, net(1)))).isFalse();
    }
}
