package dev.linkspan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.EventQuery;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.HostId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.peering.NetPeeringQuery;
import dev.linkspan.core.peering.NetPeeringQuery.Position;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.TestClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No query of a request reads a table from end to end: SQLite's planner finds an index for each. */
final class QueryPlanTest {

    private static final AccountId VIEWER = new AccountId("123456789012");
    private static final NetId NET = NetId.KIND.of(1);

    @TempDir
    private Path temporary;

    private Sqlite sqlite;
    private Handle handle;
    private final List<String> statements = new ArrayList<>();

    @BeforeEach
    void open() {
        sqlite = Sqlite.open(temporary.resolve("linkspan.db"));
        handle = sqlite.writer().open();
        handle.execute("insert into region (name, last_sequence, last_change_at) values (?, 0, 0)", Fixture.REGION);
    }

    @AfterEach
    void close() {
        handle.close();
        sqlite.close();
    }

    /** How SQLite would go about each statement that the work runs. */
    private List<String> plans(Consumer<SqlUnit> work) {
        statements.clear();
        handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.add(Objects.requireNonNull(context.getParsedSql()).getSql());
            }
        });
        SecretBox secrets = new SecretBox(new byte[SecretBox.KEY_LENGTH]);
        work.accept(new SqlUnit(handle, Fixture.REGION, TestClock.START, secrets, Fixture.ORIGIN));
        handle.getConfig(SqlStatements.class).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        return List.copyOf(statements).stream()
                .flatMap(sql -> plan(sql).stream())
                .toList();
    }

    private List<String> plan(String statement) {
        List<String> steps = new ArrayList<>();
        try (var prepared = handle.getConnection().prepareStatement("explain query plan " + statement);
                var rows = prepared.executeQuery()) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
        return steps;
    }

    private static void assertNoScan(List<String> plans) {
        assertThat(plans).isNotEmpty().noneMatch(step -> step.matches("SCAN [a-z_]+( USING .*)?") && isTable(step));
    }

    /** Merging the branches of a union scans their few rows, which is fine. */
    private static boolean isTable(String step) {
        return !step.matches("SCAN ([a-z_]+_page|found|existing)\\b.*");
    }

    @Test
    void reads_by_id_owner_or_parent_use_an_index() {
        List<ResourceId> some = List.of(NET, VmId.KIND.of(1));
        assertNoScan(plans(unit -> {
            unit.accounts().find(VIEWER);
            unit.accessKeys().find(new AccessKeyId("KEY"));
            unit.accessKeys().ofOwner(VIEWER);
            unit.nets().findInAnyRegion(NET);
            unit.nets().ofOwner(VIEWER);
            unit.nets().ids();
            unit.subregions().failed();
            unit.subnets().find(SubnetId.KIND.of(1));
            unit.subnets().ofOwner(VIEWER);
            unit.subnets().ofNet(NET);
            unit.vms().find(VmId.KIND.of(1));
            unit.vms().ofOwner(VIEWER);
            unit.vms().ofNet(NET);
            unit.vms().ofClientToken(VIEWER, "token");
            unit.vms().existsIn(NET);
            unit.tags().ofOwner(VIEWER);
            unit.tags().resourcesOfOwner(VIEWER);
            unit.peerings().countDeadOfRequester(VIEWER);
            unit.nets().countOfOwner(VIEWER);
            unit.vms().countOfOwner(VIEWER);
            unit.nets().wasGivenDefault(VIEWER);
            unit.volumes().find(VolumeId.KIND.of(1));
            unit.volumes().ofOwner(VIEWER);
            unit.volumes().ofVm(VmId.KIND.of(1));
            unit.volumes().ofClientToken(VIEWER, "token");
            unit.volumes().countOfOwner(VIEWER);
            unit.hosts().find(HostId.KIND.of(1));
            unit.hosts().all();
            unit.hosts().ofVm(VmId.KIND.of(1));
            unit.hosts().vmsOn(HostId.KIND.of(1));
            unit.hosts().placements();
            unit.launchTemplates().find(LaunchTemplateId.KIND.of(1));
            unit.launchTemplates().ofOwner(VIEWER);
            unit.launchTemplates().countOfOwner(VIEWER);
            unit.nics().countOfOwner(VIEWER);
            unit.dhcpOptionsSets().countOfOwner(VIEWER);
            unit.keypairs().countOfOwner(VIEWER);
            unit.accessKeys().countOfOwner(VIEWER);
            unit.tags().countOfOwner(VIEWER);
            unit.events().forgetBefore(TestClock.START, 10);
            unit.events().firstSequence();
            unit.routeTables().findOwner(RouteTableId.KIND.of(1));
            unit.securityGroups().findHead(SecurityGroupId.KIND.of(1));
            unit.securityGroups().findHeadByName(NET, "default");
            unit.securityGroups().findByRule(SecurityGroupRuleId.KIND.of(1));
            unit.securityGroups().headsNaming(SecurityGroupId.KIND.of(1));
            unit.tags().ofResources(VIEWER, some);
            unit.events().after(5, 10);
            unit.events().lastSequence();
            unit.vms().terminatedBy(TestClock.START, 10);
        }));
    }

    @Test
    void reads_of_what_consists_of_several_rows_use_an_index() {
        assertNoScan(plans(unit -> {
            unit.nics().find(NicId.KIND.of(1));
            unit.nics().findByLink(NicLinkId.KIND.of(1));
            unit.nics().ofOwner(VIEWER);
            unit.nics().ofNet(NET);
            unit.nics().ofSubnet(SubnetId.KIND.of(1));
            unit.nics().ofVm(VmId.KIND.of(1));
            unit.nics().ofSecurityGroup(SecurityGroupId.KIND.of(1));
            unit.routeTables().find(RouteTableId.KIND.of(1));
            unit.routeTables().findByLink(RouteTableLinkId.KIND.of(1));
            unit.routeTables().ofOwner(VIEWER);
            unit.routeTables().findByClientToken(VIEWER, "token");
            unit.routeTables().ofNet(NET);
            unit.routeTables().withRouteTo(NetPeeringId.KIND.of(1));
            unit.dhcpOptionsSets().find(DhcpOptionsSetId.KIND.of(1));
            unit.dhcpOptionsSets().ofOwner(VIEWER);
            unit.keypairs().find(KeypairId.KIND.of(1));
            unit.keypairs().findByName(VIEWER, "mine");
            unit.keypairs().ofOwner(VIEWER);
        }));
    }

    @Test
    void reads_of_network_insights_use_an_index() {
        assertNoScan(plans(unit -> {
            unit.insightsPaths().find(InsightsPathId.KIND.of(1));
            unit.insightsPaths().findByClientToken(VIEWER, "token");
            unit.insightsPaths().ofOwner(VIEWER);
            unit.insightsAnalyses().find(InsightsAnalysisId.KIND.of(1));
            unit.insightsAnalyses().findByClientToken(VIEWER, "token");
            unit.insightsAnalyses().ofOwner(VIEWER);
            unit.insightsAnalyses().ofPath(InsightsPathId.KIND.of(1));
            unit.insightsAnalyses().countOfOwner(VIEWER);
        }));
    }

    @Test
    void reads_of_groups_use_an_index() {
        assertNoScan(plans(unit -> {
            unit.securityGroups().find(SecurityGroupId.KIND.of(1));
            unit.securityGroups().ofOwner(VIEWER);
            unit.securityGroups().ofNet(NET);
            unit.securityGroups().headsNaming(SecurityGroupId.KIND.of(1));
        }));
    }

    @Test
    void new_ids_are_looked_up_by_index() {
        assertNoScan(plans(unit -> ResourceId.KINDS.forEach(unit::newId)));
    }

    @Test
    void reads_of_peerings_by_id_net_or_quota_use_an_index() {
        assertNoScan(plans(unit -> {
            unit.peerings().find(NetPeeringId.KIND.of(1));
            unit.peerings().liveOfNet(NET);
            unit.peerings().liveBetween(NET, NetId.KIND.of(2));
            unit.peerings().countActiveOfNet(NET);
            unit.peerings().countOutstandingOfRequester(VIEWER);
            unit.peerings().pendingDueBy(TestClock.START, 10);
            unit.peerings().goneBy(TestClock.START, 10);
        }));
    }

    @Test
    void a_page_of_a_viewers_peerings_comes_in_order_from_the_index() {
        NetPeeringQuery first = NetPeeringQuery.visibleTo(VIEWER, 10);
        Position position = new Position(true, TestClock.START, NetPeeringId.KIND.of(1));
        NetPeeringQuery next = first.continuedAfter(position);
        for (NetPeeringQuery query : List.of(first, next)) {
            List<String> plans = plans(unit -> unit.peerings().search(query));

            assertNoScan(plans);
            assertThat(plans)
                    .filteredOn(step -> step.startsWith("SEARCH net_peering"))
                    .hasSize(2 * DerivedState.values().length)
                    .allMatch(step -> step.matches(".*net_peering_by_(source|accepter)_account "
                            + "\\((source|accepter)_account_id=\\? AND state=\\?.*"));
        }
    }

    @Test
    void filters_by_id_or_net_are_entered_by_them() {
        List<NetId> nets = List.of(NET);
        assertEnteredBy("(id=?)", withIds(List.of(NetPeeringId.KIND.of(1), NetPeeringId.KIND.of(2))));
        assertEnteredBy("net_peering_by_source_net", withNets(nets, List.of()));
        assertEnteredBy("net_peering_by_accepter_net", withNets(List.of(), nets));
    }

    @Test
    void a_page_by_state_or_net_goes_on_along_one_index_already_in_order() {
        Set<PeeringStateName> live = EnumSet.of(PeeringStateName.PENDING_ACCEPTANCE, PeeringStateName.ACTIVE);
        for (List<NetId> nets : List.of(List.<NetId>of(), List.of(NET))) {
            for (PeeringStateName state : PeeringStateName.values()) {
                NetPeeringQuery first = query(List.of(), List.of(state), nets, List.of());
                assertEachWayInOrder(first);
                assertEachWayInOrder(first.continuedAfter(
                        new Position(live.contains(state), TestClock.START, NetPeeringId.KIND.of(1))));
            }
        }
    }

    /** What a branch finds is not sorted, which would read all of it: only the page is, to which the branches are merged. */
    private void assertEachWayInOrder(NetPeeringQuery query) {
        List<String> plans = plans(unit -> unit.peerings().search(query));

        assertThat(plans.stream()
                        .gather(Gatherers.windowSliding(2))
                        .filter(steps -> steps.getFirst().startsWith("SEARCH net_peering")))
                .isNotEmpty()
                .allSatisfy(steps -> assertThat(steps.getLast()).startsWith("SCAN"));
    }

    @Test
    void events_are_found_along_one_index_already_in_order() {
        EventQuery all = EventQuery.everything(10);
        EventQuery narrow = all.about("pcx-00001003").naming(VIEWER);
        for (EventQuery query : List.of(all, all.newestFirst(), all.naming(VIEWER), narrow, narrow.newestFirst())) {
            List<String> plans = plans(unit -> unit.events().search(query));

            // The one sort that remains is that of the page, which comes last.
            assertThat(plans.subList(0, plans.size() - 1)).noneMatch(step -> step.contains("TEMP B-TREE"));
            assertThat(plans)
                    .filteredOn(step -> step.matches("(SEARCH|SCAN) (e|a0) .*"))
                    .isNotEmpty()
                    .allMatch(step -> step.startsWith("SEARCH"));
        }
    }

    private void assertEnteredBy(String index, NetPeeringQuery query) {
        assertThat(plans(unit -> unit.peerings().search(query)))
                .filteredOn(step -> step.startsWith("SEARCH net_peering"))
                .isNotEmpty()
                .allMatch(step -> step.contains(index));
    }

    private static NetPeeringQuery withIds(List<NetPeeringId> ids) {
        return query(ids, List.of(), List.of(), List.of());
    }

    private static NetPeeringQuery withNets(List<NetId> sources, List<NetId> accepters) {
        return query(List.of(), List.of(), sources, accepters);
    }

    private static NetPeeringQuery query(
            List<NetPeeringId> ids, List<PeeringStateName> states, List<NetId> sources, List<NetId> accepters) {
        List<Cidr> ranges = List.of();
        return new NetPeeringQuery(
                VIEWER, ids, states, sources, accepters, List.of(), List.of(), ranges, ranges, Optional.empty(), 10);
    }
}
