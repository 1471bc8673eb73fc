package dev.linkspan.core.port;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.insights.PacketFilter;
import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.insights.PathQuestions;
import dev.linkspan.core.insights.PortRange;
import dev.linkspan.core.securitygroup.Traffic;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Network insights: paths, and what was found when they were asked. */
public abstract class StoredInsightsContract extends StoreContract {

    private static final PathQuestion SHORT = PathQuestions.web(VmId.KIND.of(1), "10.1.0.4");
    private static final PathQuestion FULL = new PathQuestion(
            NicId.KIND.of(2),
            Optional.of(NetPeeringId.KIND.of(3)),
            Optional.of(Ipv4.parse("10.0.0.4")),
            Optional.of(Ipv4.parse("10.1.0.4")),
            Traffic.UDP,
            Optional.empty(),
            new PacketFilter(
                    Optional.of(Ipv4.parse("10.0.0.4")),
                    Optional.of(new PortRange(0, 65_535)),
                    Optional.empty(),
                    Optional.of(new PortRange(53, 53))),
            PacketFilter.NONE);

    private AccountId owner;
    private AccountId stranger;

    @BeforeEach
    void populate() {
        owner = fixture.account();
        stranger = fixture.account();
    }

    private static void write(Fixture where, Consumer<UnitOfWork> work) {
        where.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private void write(Consumer<UnitOfWork> work) {
        write(fixture, work);
    }

    private InsightsPath path(int id, AccountId account, PathQuestion question, String token) {
        return new InsightsPath(
                InsightsPathId.KIND.of(id),
                account,
                question,
                fixture.now(),
                Optional.of(token).filter(it -> !it.isEmpty()));
    }

    private InsightsAnalysis analysis(int id, InsightsPath path, String findings, String token) {
        return new InsightsAnalysis(
                InsightsAnalysisId.KIND.of(id),
                path.owner(),
                path.id(),
                fixture.now(),
                findings.isEmpty(),
                findings,
                Optional.of(token).filter(it -> !it.isEmpty()));
    }

    @Test
    void a_path_is_read_as_it_was_saved() {
        InsightsPath shorter = path(7, owner, SHORT, "");
        InsightsPath full = path(8, owner, FULL, "it's \"mine\"");
        write(unit -> unit.insightsPaths().save(shorter));
        write(unit -> unit.insightsPaths().save(full));

        assertOne(snapshot -> snapshot.insightsPaths().find(shorter.id())).contains(shorter);
        assertOne(snapshot -> snapshot.insightsPaths().find(full.id())).contains(full);
        assertOne(snapshot -> snapshot.insightsPaths().findByClientToken(owner, "it's \"mine\""))
                .contains(full);
        assertList(snapshot -> snapshot.insightsPaths().ofOwner(owner)).containsExactly(shorter, full);
    }

    @Test
    void an_analysis_is_read_as_it_was_saved() {
        InsightsPath path = path(7, owner, SHORT, "");
        InsightsAnalysis found = analysis(8, path, "", "");
        InsightsAnalysis blocked = analysis(9, path, "{\"why\":\"it's \\\"so\\\" \u00e9\"}", "token");
        write(unit -> unit.insightsPaths().save(path));
        write(unit -> unit.insightsAnalyses().save(found));
        write(unit -> unit.insightsAnalyses().save(blocked));

        assertOne(snapshot -> snapshot.insightsAnalyses().find(found.id())).contains(found);
        assertOne(snapshot -> snapshot.insightsAnalyses().find(blocked.id())).contains(blocked);
        assertOne(snapshot -> snapshot.insightsAnalyses().findByClientToken(owner, "token"))
                .contains(blocked);
        assertList(snapshot -> snapshot.insightsAnalyses().ofOwner(owner)).containsExactly(found, blocked);
        assertList(snapshot -> snapshot.insightsAnalyses().ofPath(path.id())).containsExactly(found, blocked);
        assertOne(snapshot -> Optional.of(snapshot.insightsAnalyses().countOfOwner(owner)))
                .contains(2);
    }

    @Test
    void they_are_listed_for_their_owner_in_the_order_of_creation() {
        InsightsPath first = path(8, owner, SHORT, "");
        InsightsPath theirs = path(9, stranger, SHORT, "");
        InsightsAnalysis early = analysis(8, first, "", "");
        clock.advance(Duration.ofMillis(1));
        InsightsPath second = path(7, owner, SHORT, "");
        InsightsAnalysis late = analysis(7, second, "", "");
        write(unit -> unit.insightsPaths().save(second));
        write(unit -> unit.insightsPaths().save(theirs));
        write(unit -> unit.insightsPaths().save(first));
        write(unit -> unit.insightsAnalyses().save(late));
        write(unit -> unit.insightsAnalyses().save(early));

        assertList(snapshot -> snapshot.insightsPaths().ofOwner(owner)).containsExactly(first, second);
        assertList(snapshot -> snapshot.insightsPaths().ofOwner(stranger)).containsExactly(theirs);
        assertList(snapshot -> snapshot.insightsAnalyses().ofOwner(owner)).containsExactly(early, late);
        assertList(snapshot -> snapshot.insightsAnalyses().ofPath(first.id())).containsExactly(early);
        assertList(snapshot -> snapshot.insightsAnalyses().ofOwner(stranger)).isEmpty();
        assertOne(snapshot -> Optional.of(snapshot.insightsAnalyses().countOfOwner(stranger)))
                .contains(0);
    }

    @Test
    void a_token_is_one_paths_and_one_analyses_of_an_account_in_a_region() {
        InsightsPath path = path(7, owner, SHORT, "token");
        InsightsAnalysis analysis = analysis(7, path, "", "token");
        write(unit -> unit.insightsPaths().save(path));
        write(unit -> unit.insightsAnalyses().save(analysis));
        write(unit -> unit.insightsPaths().save(path(8, stranger, SHORT, "token")));
        write(elsewhere, unit -> unit.insightsPaths().save(path(9, owner, SHORT, "token")));

        assertBug(() -> write(unit -> unit.insightsPaths().save(path(10, owner, SHORT, "token"))));
        assertBug(() -> write(unit -> unit.insightsAnalyses().save(analysis(10, path, "", "token"))));
        assertOne(snapshot -> snapshot.insightsPaths().findByClientToken(owner, "token"))
                .contains(path);
        assertOne(snapshot -> snapshot.insightsAnalyses().findByClientToken(stranger, "token"))
                .isEmpty();
        assertOne(elsewhere, snapshot -> snapshot.insightsPaths().find(path.id()))
                .isEmpty();
        assertOne(elsewhere, snapshot -> snapshot.insightsAnalyses().find(analysis.id()))
                .isEmpty();
        assertList(elsewhere, snapshot -> snapshot.insightsAnalyses().ofPath(path.id()))
                .isEmpty();
    }

    @Test
    void a_path_goes_after_its_analyses() {
        InsightsPath path = path(7, owner, SHORT, "token");
        InsightsAnalysis analysis = analysis(7, path, "", "token");
        assertBug(() -> write(unit -> unit.insightsAnalyses().save(analysis)));
        write(unit -> unit.insightsPaths().save(path));
        write(unit -> unit.insightsAnalyses().save(analysis));

        assertBug(() -> write(unit -> unit.insightsPaths().delete(path.id())));
        write(unit -> unit.insightsAnalyses().delete(analysis.id()));
        write(unit -> unit.insightsPaths().delete(path.id()));

        assertOne(snapshot -> snapshot.insightsPaths().find(path.id())).isEmpty();
        assertOne(snapshot -> snapshot.insightsAnalyses().find(analysis.id())).isEmpty();
    }

    @Test
    void they_belong_to_an_account() {
        assertBug(() -> write(unit -> unit.insightsPaths().save(path(7, new AccountId("999999999999"), SHORT, ""))));
        assertOne(snapshot -> snapshot.insightsPaths().find(InsightsPathId.KIND.of(7)))
                .isEmpty();
    }
}
