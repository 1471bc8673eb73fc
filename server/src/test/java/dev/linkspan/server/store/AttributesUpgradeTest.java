package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.TestClock;
import dev.linkspan.core.routing.RouteTable;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What was there before V006 has what V006 gives to new ones. */
final class AttributesUpgradeTest {

    private static final int BEFORE = 5;

    private static void fillAsBefore(Path file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        Migrations.run(source, BEFORE);
        Jdbi.create(source).useHandle(handle -> handle.createScript("""
                        insert into region (name, last_sequence, last_change_at) values ('eu-west-2', 0, 0);
                        insert into account (id, created_at) values ('100000000001', 0);
                        insert into net (id, region_name, account_id, ip_range, tenancy, dhcp_options, created_at)
                        values ('vpc-00001001', 'eu-west-2', '100000000001', '10.0.0.0/16', 'default',
                            'dopt-00000001', 0);
                        insert into route_table (id, region_name, net_id, account_id, created_at)
                        values ('rtb-00001002', 'eu-west-2', 'vpc-00001001', '100000000001', 0);
                        insert into net_peering
                            (id, region_name, source_net_id, source_ip_range, source_account_id,
                            accepter_net_id, accepter_ip_range, accepter_account_id, low_net_id, high_net_id,
                            created_at, accepted_at, state, since)
                        values ('pcx-00001003', 'eu-west-2', 'vpc-00001001', '10.0.0.0/16', '100000000001',
                            'vpc-00001004', '10.1.0.0/16', '100000000001', 'vpc-00001001', 'vpc-00001004',
                            0, 0, 'active', 0);
                        """).execute());
    }

    @Test
    void an_upgrade_gives_defaults_to_nets_peerings_and_tables(@TempDir Path folder) {
        Path file = folder.resolve("linkspan.db");
        fillAsBefore(file);

        try (Sqlite sqlite = Sqlite.open(file);
                Handle handle = sqlite.writer().open()) {
            Net net = new NetRows(handle, Fixture.REGION, TestClock.START)
                    .find(new NetId("vpc-00001001"))
                    .orElseThrow();
            NetPeering peering = new NetPeeringRows(handle, Fixture.REGION, TestClock.START)
                    .find(new NetPeeringId("pcx-00001003"))
                    .orElseThrow();
            RouteTable table = new RouteTableRows(handle, Fixture.REGION)
                    .find(new RouteTableId("rtb-00001002"))
                    .orElseThrow();

            assertThat(net.attributes()).isEqualTo(Net.DEFAULT_ATTRIBUTES);
            assertThat(net.dhcpOptions()).isEqualTo(DhcpOptionsSet.DEFAULT);
            assertThat(peering.source().dnsResolution()).isFalse();
            assertThat(peering.accepter().dnsResolution()).isFalse();
            assertThat(table.clientToken()).isEmpty();
        }
    }
}
