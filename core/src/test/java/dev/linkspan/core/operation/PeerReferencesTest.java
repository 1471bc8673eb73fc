package dev.linkspan.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.RequestedCounterpart;
import dev.linkspan.core.securitygroup.RequestedRule;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Rule("S5")
class PeerReferencesTest {

    private static final Traffic SSH = new Traffic.Ports(Traffic.TCP, 22, 22);

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final SecurityGroups groups = new SecurityGroups();
    private final AccountId owner = fixture.account();
    private final AccountId other = fixture.account();
    private final Net net = fixture.net(owner, "10.0.0.0/16");
    private final Net peer = fixture.net(other, "10.1.0.0/16");
    private final SecurityGroup theirs = fixture.defaultGroup(peer);
    private final NetPeering peering = fixture.activePeering(net, peer);
    private final SecurityGroup naming = naming(theirs);

    /** A new group of the Net whose newest rule names this one. */
    private SecurityGroup naming(SecurityGroup named) {
        RequestedCounterpart counterpart = new RequestedCounterpart.GroupById(named.id(), Optional.empty());
        return fixture.change(unit -> {
            SecurityGroup made = groups.create(unit, owner, net.id(), "for " + named.id(), "for a test");
            return groups.addRules(
                    unit, owner, made.id(), List.of(new RequestedRule(Direction.INBOUND, SSH, counterpart, "")));
        });
    }

    private List<PeerReferences.Reference> to(SecurityGroup group) {
        return fixture.read(snapshot -> new PeerReferences(snapshot).to(group));
    }

    private List<SecurityGroupRule> stale(SecurityGroup group) {
        return fixture.read(snapshot -> new PeerReferences(snapshot).stale(group));
    }

    private void end() {
        fixture.change(unit -> {
            unit.peerings().save(peering.delete(owner, unit.now()));
            return owner;
        });
    }

    @Test
    void a_peers_rule_is_a_reference_while_the_peering_is_active_and_stale_afterwards() {
        assertThat(to(theirs)).containsExactly(new PeerReferences.Reference(theirs.id(), net.id(), peering.id()));
        assertThat(stale(naming)).isEmpty();

        end();

        assertThat(to(theirs)).isEmpty();
        assertThat(stale(naming)).containsExactly(naming.rules().getLast());
    }

    @Test
    void a_rule_that_names_a_group_of_its_own_net_is_neither() {
        SecurityGroup own = fixture.defaultGroup(net);
        SecurityGroup near = naming(own);
        end();

        assertThat(to(own)).isEmpty();
        assertThat(stale(near)).isEmpty();
        assertThat(stale(own)).isEmpty();
    }

    @Test
    void a_rule_that_names_a_group_which_is_gone_is_stale() {
        SecurityGroup brief = fixture.change(unit -> groups.create(unit, other, peer.id(), "brief", "for a test"));
        SecurityGroup left = naming(brief);
        fixture.change(unit -> {
            groups.delete(unit, other, brief.id());
            return brief;
        });

        assertThat(stale(left)).containsExactly(left.rules().getLast());
    }
}
