package dev.linkspan.core.operation;

import static dev.linkspan.core.refusal.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.core.Rule;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.event.Event;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.insights.PacketFilter;
import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.insights.PathQuestions;
import dev.linkspan.core.insights.PortRange;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.peering.NetPeering;
import dev.linkspan.core.port.Fixture;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.InMemoryStore;
import dev.linkspan.core.reachability.BlockReason;
import dev.linkspan.core.reachability.Cause;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.routing.Route;
import dev.linkspan.core.routing.RouteTarget;
import dev.linkspan.core.securitygroup.Counterpart;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.SecurityGroup;
import dev.linkspan.core.securitygroup.SecurityGroupRule;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The operations on paths and analyses, between Ann's machine and Bob's. */
class NetworkInsightsTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Fixture fixture = new Fixture(store);
    private final InsightsPaths paths = new InsightsPaths(PublicIpPools.NONE);
    private final InsightsAnalyses analyses = new InsightsAnalyses(FlowTables.UNKNOWN, PublicIpPools.NONE);
    private final AccountId ann = fixture.account();
    private final AccountId bob = fixture.account();
    private final Net annsNet = fixture.net(ann, "10.0.0.0/16");
    private final Net bobsNet = fixture.net(bob, "10.1.0.0/16");
    private final Vm annsVm = fixture.vm(
            fixture.subnet(annsNet, "10.0.1.0/24"),
            "10.0.1.4",
            fixture.defaultGroup(annsNet).id());
    private final Vm bobsVm = fixture.vm(
            fixture.subnet(bobsNet, "10.1.1.0/24"),
            "10.1.1.4",
            fixture.defaultGroup(bobsNet).id());
    private final NetPeering peering = fixture.activePeering(annsNet, bobsNet);

    private InsightsPath create(AccountId caller, PathQuestion question, String token) {
        return fixture.change(unit -> paths.create(unit, caller, question, Optional.of(token)));
    }

    private InsightsPath create(PathQuestion question) {
        return fixture.change(unit -> paths.create(unit, ann, question, Optional.empty()));
    }

    private InsightsAnalysis start(InsightsPath path) {
        return fixture.change(
                unit -> analyses.start(unit, path.owner(), path.id(), Optional.empty(), NetworkInsightsTest::told));
    }

    private InsightsAnalysis start(InsightsPath path, String token) {
        return fixture.change(
                unit -> analyses.start(unit, path.owner(), path.id(), Optional.of(token), NetworkInsightsTest::told));
    }

    private static String told(Finding finding) {
        return finding.causes().stream().map(Cause::blockReason).toList().toString();
    }

    private void route(Net from, String destination) {
        fixture.change(unit -> {
            unit.routeTables()
                    .save(fixture.mainTable(from)
                            .withRoute(new Route(Cidr.parse(destination), new RouteTarget.Peering(peering.id()))));
            return from;
        });
    }

    private void letIn(int protocol) {
        fixture.change(unit -> {
            SecurityGroup group = fixture.defaultGroup(bobsNet);
            List<SecurityGroupRule> rules = new ArrayList<>(group.rules());
            rules.add(new SecurityGroupRule(
                    unit.newId(SecurityGroupRuleId.KIND),
                    Direction.INBOUND,
                    new Traffic.Ports(protocol, 443, 443),
                    new Counterpart.Range(Cidr.parse("10.0.0.0/16")),
                    ""));
            unit.securityGroups().save(group.withRules(rules));
            return group;
        });
    }

    private List<String> events() {
        return fixture.read(snapshot -> snapshot.events().after(0, 100)).stream()
                .map(Event::fact)
                .map(fact -> "%s %s %s".formatted(fact.type(), fact.subject(), fact.detail()))
                .toList();
    }

    private List<InsightsPath> pathsOf(AccountId account) {
        return fixture.read(snapshot -> snapshot.insightsPaths().ofOwner(account));
    }

    private List<InsightsAnalysis> analysesOf(AccountId account) {
        return fixture.read(snapshot -> snapshot.insightsAnalyses().ofOwner(account));
    }

    @Test
    void a_path_is_kept_as_it_is_asked() {
        PathQuestion question = PathQuestions.web(annsVm.id(), "10.1.1.4");

        InsightsPath path = create(question);

        assertThat(path).isEqualTo(new InsightsPath(path.id(), ann, question, fixture.now(), Optional.empty()));
        assertThat(pathsOf(ann)).containsExactly(path);
        assertThat(events())
                .containsExactly(
                        "INSIGHTS_PATH_CREATED %s tcp/443 from %s to 10.1.1.4".formatted(path.id(), annsVm.id()));
    }

    @Test
    void an_analysis_remembers_what_was_true_when_it_was_started() {
        InsightsPath path = create(PathQuestions.web(annsVm.id(), "10.1.1.4"));
        InsightsAnalysis blocked = start(path);
        route(annsNet, "10.1.0.0/16");
        route(bobsNet, "10.0.0.0/16");
        letIn(Traffic.TCP);
        InsightsAnalysis open = start(path);

        assertThat(blocked.pathFound()).isFalse();
        assertThat(blocked.findings())
                .isEqualTo(List.of(BlockReason.NO_ROUTE, BlockReason.NOT_LET_IN).toString());
        assertThat(open.pathFound()).isTrue();
        assertThat(analysesOf(ann)).containsExactly(blocked, open);
        assertThat(events())
                .contains(
                        "INSIGHTS_ANALYSIS_STARTED %s of %s: no path".formatted(blocked.id(), path.id()),
                        "INSIGHTS_ANALYSIS_STARTED %s of %s: a path".formatted(open.id(), path.id()));
    }

    @Test
    void tcp_needs_its_replies_and_udp_does_not() {
        PathQuestion tcp = PathQuestions.web(annsVm.id(), "10.1.1.4");
        PacketFilter port = new PacketFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new PortRange(443, 443)));
        PathQuestion udp = PathQuestions.of(tcp, Traffic.UDP, port, PacketFilter.NONE);
        route(annsNet, "10.1.0.0/16");
        letIn(Traffic.TCP);
        letIn(Traffic.UDP);

        assertThat(start(create(tcp)).findings())
                .isEqualTo(List.of(BlockReason.NO_WAY_BACK).toString());
        assertThat(start(create(udp)).pathFound()).isTrue();
    }

    @Test
    void what_comes_through_a_peering_is_named_by_it_and_an_address() {
        PathQuestion inbound =
                PathQuestions.withSource(PathQuestions.web(bobsVm.id(), bobsVm.id()), peering.id(), "10.0.1.4");
        InsightsPath path = create(bob, inbound, "inbound");

        assertThat(start(path).findings()).contains("NO_RULE", "NO_ROUTE");
        PathQuestion outbound =
                PathQuestions.withDestination(PathQuestions.web(annsVm.id(), annsVm.id()), peering.id(), "10.1.1.4");
        assertThat(start(create(outbound)).findings()).contains("NOT_LET_IN");
    }

    @Test
    void an_address_says_which_of_a_machines_is_meant() {
        Nic nic = fixture.read(snapshot -> snapshot.nics().ofVm(annsVm.id()).getFirst());
        PathQuestion question = PathQuestions.web(annsVm.id(), "10.1.1.4");

        assertThat(start(create(PathQuestions.withSource(question, nic.id(), "10.0.1.4")))
                        .findings())
                .isEqualTo(start(create(question)).findings());
        assertRefused(RefusalCode.BAD_VALUE, () -> create(PathQuestions.withSource(question, annsVm.id(), "10.0.1.5")))
                .contains("'10.0.1.5'", "source address", annsVm.id().value());
        assertRefused(
                        RefusalCode.BAD_VALUE,
                        () -> create(PathQuestions.withDestination(question, peering.id(), "10.2.0.4")))
                .contains("'10.2.0.4'", "destination address", "10.0.0.0/16 or 10.1.0.0/16");
        assertThat(pathsOf(ann)).hasSize(2);
    }

    @Test
    @Rule("A4")
    void anothers_machine_path_and_analysis_are_unknown() {
        InsightsPath path = create(PathQuestions.web(annsVm.id(), "10.1.1.4"));
        InsightsAnalysis analysis = start(path);
        AccountId stranger = fixture.account();

        assertRefused(RefusalCode.UNKNOWN_ID, () -> create(PathQuestions.web(annsVm.id(), bobsVm.id())))
                .isEqualTo("The destination '%s' doesn't exist.".formatted(bobsVm.id()));
        assertRefused(RefusalCode.UNKNOWN_ID, () -> create(PathQuestions.web(bobsVm.id(), annsVm.id())))
                .isEqualTo("The source '%s' doesn't exist.".formatted(bobsVm.id()));
        assertRefused(
                RefusalCode.UNKNOWN_ID,
                () -> create(
                        stranger,
                        PathQuestions.withSource(PathQuestions.web(annsVm.id(), "10.1.1.4"), peering.id(), "10.0.1.4"),
                        "x"));
        assertRefused(
                RefusalCode.UNKNOWN_ID,
                () -> fixture.change(
                        unit -> analyses.start(unit, bob, path.id(), Optional.empty(), NetworkInsightsTest::told)));
        assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> paths.delete(unit, bob, path.id())))
                .contains("path", path.id().value());
        assertRefused(RefusalCode.UNKNOWN_ID, () -> fixture.change(unit -> analyses.delete(unit, bob, analysis.id())))
                .contains("analysis", analysis.id().value());
    }

    @Test
    void a_dead_peering_is_no_end() {
        fixture.change(unit -> {
            unit.peerings().save(peering.delete(ann, unit.now()));
            return peering;
        });

        PathQuestion question =
                PathQuestions.withDestination(PathQuestions.web(annsVm.id(), annsVm.id()), peering.id(), "10.1.1.4");
        assertRefused(RefusalCode.BAD_VALUE, () -> create(question)).contains("destination", "'deleted'");
    }

    @Test
    void one_of_the_ends_is_the_callers_own() {
        PathQuestion theirs = PathQuestions.withSource(
                PathQuestions.withDestination(PathQuestions.web(peering.id(), peering.id()), peering.id(), "10.1.1.4"),
                peering.id(),
                "10.1.1.5");

        assertRefused(RefusalCode.BAD_VALUE, () -> create(theirs)).contains("source", "of your own");
    }

    @Test
    void the_same_token_makes_nothing_twice() {
        PathQuestion question = PathQuestions.web(annsVm.id(), "10.1.1.4");
        InsightsPath path = create(ann, question, "one");
        InsightsAnalysis analysis = start(path, "two");

        assertThat(create(ann, question, "one")).isEqualTo(path);
        assertThat(start(path, "two")).isEqualTo(analysis);
        assertRefused(RefusalCode.CONFLICT, () -> create(ann, PathQuestions.web(annsVm.id(), "10.1.1.5"), "one"))
                .contains("'one'", path.id().value());
        InsightsPath other = create(PathQuestions.web(annsVm.id(), "10.1.1.5"));
        assertRefused(RefusalCode.CONFLICT, () -> start(other, "two"))
                .contains("'two'", analysis.id().value());
        assertRefused(RefusalCode.BAD_VALUE, () -> create(ann, question, "x".repeat(65)))
                .contains("client token", "1 to 64");
        assertThat(analysesOf(ann)).containsExactly(analysis);
    }

    @Test
    void a_path_is_deleted_after_its_analyses() {
        InsightsPath path = create(PathQuestions.web(annsVm.id(), "10.1.1.4"));
        InsightsAnalysis analysis = start(path);
        fixture.change(unit -> {
            new Tags().create(unit, ann, List.of(path.id(), analysis.id()), Map.of("team", "net"));
            return path;
        });

        assertRefused(RefusalCode.CONFLICT, () -> fixture.change(unit -> paths.delete(unit, ann, path.id())))
                .contains(path.id().value(), analysis.id().value());
        fixture.change(unit -> analyses.delete(unit, ann, analysis.id()));
        fixture.change(unit -> paths.delete(unit, ann, path.id()));

        assertThat(pathsOf(ann)).isEmpty();
        assertThat(analysesOf(ann)).isEmpty();
        assertThat(fixture.<Integer>read(
                        snapshot -> snapshot.tags().ofOwner(ann).size()))
                .isZero();
        assertThat(events())
                .endsWith(
                        "INSIGHTS_ANALYSIS_DELETED %s of %s: no path".formatted(analysis.id(), path.id()),
                        "INSIGHTS_PATH_DELETED %s tcp/443 from %s to 10.1.1.4".formatted(path.id(), annsVm.id()));
    }

    @Test
    void a_path_whose_machine_is_gone_can_be_shown_and_not_asked() {
        InsightsPath path = create(PathQuestions.web(annsVm.id(), "10.1.1.4"));
        fixture.change(unit -> {
            unit.nics().ofVm(annsVm.id()).forEach(nic -> unit.nics().delete(nic.id()));
            unit.vms().delete(annsVm.id());
            return path;
        });

        assertRefused(RefusalCode.UNKNOWN_ID, () -> start(path))
                .isEqualTo("The source '%s' doesn't exist.".formatted(annsVm.id()));
        assertThat(pathsOf(ann)).containsExactly(path);
    }

    @Test
    void there_are_only_so_many() {
        PathQuestion question = PathQuestions.web(annsVm.id(), "10.1.1.4");
        InsightsPath path = create(question);
        fixture.change(unit -> {
            for (int i = 1; i < InsightsPaths.MOST; i++) {
                unit.insightsPaths()
                        .save(new InsightsPath(
                                unit.newId(InsightsPathId.KIND), ann, question, unit.now(), Optional.empty()));
            }
            for (int i = 0; i < InsightsAnalyses.MOST; i++) {
                unit.insightsAnalyses()
                        .save(new InsightsAnalysis(
                                unit.newId(InsightsAnalysisId.KIND),
                                ann,
                                path.id(),
                                unit.now(),
                                true,
                                "{}",
                                Optional.empty()));
            }
            return path;
        });

        assertRefused(RefusalCode.QUOTA, () -> create(question)).contains("100 network insights paths");
        assertRefused(RefusalCode.QUOTA, () -> start(path)).contains("1000 network insights analyses");
    }
}
