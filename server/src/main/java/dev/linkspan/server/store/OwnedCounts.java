package dev.linkspan.server.store;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.peering.PeeringState;
import dev.linkspan.core.port.Countable;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** How much an account has, counted along an index. */
record OwnedCounts(Handle handle, RegionName region) {

    int of(AccountId owner, Countable what) {
        return handle.createQuery("select count(*) from %s".formatted(rows(what)))
                .bind("owner", owner)
                .bind("region", region)
                .mapTo(Integer.class)
                .one();
    }

    private static String rows(Countable what) {
        return switch (what) {
            case NETS -> ofRegion("net");
            case VMS -> ofRegion("vm") + " and state <> 'TERMINATED'";
            case NICS -> ofRegion("nic");
            case DHCP_OPTIONS_SETS -> ofRegion("dhcp_options_set");
            case KEYPAIRS -> ofRegion("keypair");
            case ACCESS_KEYS -> "access_key where account_id = :owner";
            case TAGS -> ofRegion("tag");
        };
    }

    private static String ofRegion(String table) {
        return table + " where account_id = :owner and region_name = :region";
    }

    /** The dead ones that are still shown, and those whose time to be answered ended within the last hour. */
    int deadRequests(AccountId requester, Instant now) {
        return handle.createQuery("""
            select (
                select count(*) from net_peering
                where source_account_id = :requester and region_name = :region
                    and state in ('rejected', 'failed', 'expired', 'deleted') and since > :hourAgo
            ) + (
                select count(*) from net_peering
                where source_account_id = :requester and region_name = :region
                    and state = 'pending-acceptance' and expires_at <= :now and expires_at > :hourAgo
            )
            """)
                .bind("requester", requester)
                .bind("region", region)
                .bind("now", now)
                .bind("hourAgo", now.minus(PeeringState.VISIBLE_AFTER_DEATH))
                .mapTo(Integer.class)
                .one();
    }
}
