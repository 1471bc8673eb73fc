package dev.linkspan.core.operation;

import dev.linkspan.core.account.Account;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.PeeringRules;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two inhabited Nets of two accounts, and what can be done about a peering of theirs. */
abstract class PeeringScene {

    final InMemoryStore store = new InMemoryStore();
    final Fixture fixture = new Fixture(store);
    final NetPeerings peerings = new NetPeerings(PeeringRules.STANDARD);
    final AccountId requester = fixture.account();
    final AccountId accepter = fixture.account();
    final AccountId stranger = fixture.account();
    final Net source = inhabited(requester, "10.0.0.0/16");
    final Net target = inhabited(accepter, "10.1.0.0/16");

    Net inhabited(AccountId owner, String range) {
        Net net = fixture.net(owner, range);
        fixture.bareVm(fixture.subnet(net, range));
        return net;
    }

    NetPeering create(Net from, Net to) {
        return create(peerings, from, to);
    }

    NetPeering create(NetPeerings by, Net from, Net to) {
        return fixture.change(unit -> by.create(unit, from.owner(), from.id(), to.id(), Optional.of(to.owner())));
    }

    NetPeering accept(NetPeering peering) {
        return fixture.change(unit -> peerings.accept(unit, peering.accepter().owner(), peering.id()));
    }

    NetPeering reject(NetPeering peering) {
        return fixture.change(unit -> peerings.reject(unit, peering.accepter().owner(), peering.id()));
    }

    NetPeering delete(NetPeering peering, AccountId by) {
        return fixture.change(unit -> peerings.delete(unit, by, peering.id()));
    }

    PeeringStateName state(NetPeering peering) {
        return fixture.read(snapshot -> snapshot.peerings()
                .find(peering.id())
                .orElseThrow()
                .stateAt(snapshot.now())
                .name());
    }

    List<NetPeering> visibleTo(AccountId viewer) {
        return fixture.read(snapshot -> snapshot.peerings().search(NetPeeringQuery.visibleTo(viewer, 100)));
    }

    List<EventType> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 1000)).stream()
                .map(event -> event.fact().type())
                .toList();
    }

    void limit(AccountId account, Quota quota, int limit) {
        fixture.change(unit -> {
            Account before = unit.accounts().find(account).orElseThrow();
            unit.accounts().save(new Account(account, before.email(), Map.of(quota, limit), before.createdAt()));
            return account;
        });
    }
}
