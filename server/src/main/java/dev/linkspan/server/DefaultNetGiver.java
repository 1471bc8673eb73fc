package dev.linkspan.server;

import dev.linkspan.core.event.Origin;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.operation.DefaultNets;
import dev.linkspan.core.port.Store;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Authenticator;
import dev.linkspan.server.api.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each account its default Net when it first asks EC2 for something in a Region (docs/decisions/0044-a-default-net-is-given-on-first-use.md).
 */
record DefaultNetGiver(Authenticator authenticator, Store store, DefaultNets defaults, Set<Home> known)
        implements Authenticator {

    /** An account in a Region. */
    record Home(AccountId account, RegionName region) {}

    DefaultNetGiver(Authenticator authenticator, Store store, DefaultNets defaults) {
        this(authenticator, store, defaults, ConcurrentHashMap.newKeySet());
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Caller caller = authenticator.authenticate(request);
        Home home = new Home(caller.account(), caller.region());
        if (!known.contains(home)) {
            give(home, request.id());
            known.add(home);
        }
        return caller;
    }

    /** Nobody has one any more: everything was deleted. */
    void forget() {
        known.clear();
    }

    @Override
    public boolean knows(ApiRequest head) {
        return authenticator.knows(head);
    }

    /** Where a limit is in the way the account goes without, as one that has deleted it does. */
    private void give(Home home, String requestId) {
        boolean given = store.read(home.region(), snapshot -> snapshot.nets().wasGivenDefault(home.account()));
        if (given) {
            return;
        }
        try {
            store.change(home.region(), new Origin(home.account().value(), requestId, Optional.empty()), unit -> {
                defaults.give(unit, home.account());
                return true;
            });
        } catch (Refusal full) {
            store.change(home.region(), new Origin(home.account().value(), requestId, Optional.empty()), unit -> {
                unit.nets().setGivenDefault(home.account());
                return true;
            });
        }
    }
}
