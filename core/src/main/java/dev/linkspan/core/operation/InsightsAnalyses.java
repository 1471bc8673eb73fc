package dev.linkspan.core.operation;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The operations on network insights analyses. */
public final class InsightsAnalyses {

    /** How many an account may have in a Region. */
    public static final int MOST = 1000;

    private final FlowTables flowTables;
    private final PublicIpPools pools;

    /**
     * The operations where there is a network.
     *
     * @param flowTables how full they are, which stops packets that everything else lets pass
     * @param pools the public addresses
     */
    public InsightsAnalyses(FlowTables flowTables, PublicIpPools pools) {
        this.flowTables = flowTables;
        this.pools = pools;
    }

    /**
     * Asks a path's question of what is true now, and keeps what is found. Asked again with the same token, the analysis that
     * there is is answered.
     *
     * @param telling how the finding is kept
     * @throws Refusal if the same token was given for another path, or an end of the path is none any more
     */
    public InsightsAnalysis start(
            UnitOfWork unit,
            AccountId caller,
            InsightsPathId pathId,
            Optional<String> clientToken,
            Function<Finding, String> telling) {
        clientToken.ifPresent(Tokens::requireToken);
        InsightsPath path = Visible.insightsPath(unit, caller, Parameter.INSIGHTS_PATH, pathId);
        Optional<InsightsAnalysis> before =
                clientToken.flatMap(token -> unit.insightsAnalyses().findByClientToken(caller, token));
        if (before.isPresent()) {
            InsightsAnalysis analysis = before.get();
            Tokens.requireSame(analysis.path().equals(pathId), analysis.clientToken(), analysis.id());
            return analysis;
        }
        requireRoom(unit, caller);
        Finding finding =
                new Finding(path.question(), new PathEnds(unit, caller, flowTables, pools).trace(path.question()));
        InsightsAnalysis analysis = new InsightsAnalysis(
                unit.newId(InsightsAnalysisId.KIND),
                caller,
                pathId,
                unit.now(),
                finding.pathFound(),
                telling.apply(finding),
                clientToken);
        unit.insightsAnalyses().save(analysis);
        record(unit, EventType.INSIGHTS_ANALYSIS_STARTED, analysis);
        return analysis;
    }

    public InsightsAnalysis delete(UnitOfWork unit, AccountId caller, InsightsAnalysisId id) {
        InsightsAnalysis analysis = Visible.insightsAnalysis(unit, caller, Parameter.INSIGHTS_ANALYSIS, id);
        unit.tags().deleteOfResource(id);
        unit.insightsAnalyses().delete(id);
        record(unit, EventType.INSIGHTS_ANALYSIS_DELETED, analysis);
        return analysis;
    }

    private static void requireRoom(UnitOfWork unit, AccountId caller) {
        int there = unit.insightsAnalyses().countOfOwner(caller);
        if (there >= MOST) {
            throw new Refusal(
                    RefusalCode.QUOTA,
                    "Account %s has %d network insights analyses, and %d are accepted: delete some that are not needed.",
                    caller,
                    there,
                    MOST);
        }
    }

    private static void record(UnitOfWork unit, EventType type, InsightsAnalysis analysis) {
        String detail = "of %s: %s".formatted(analysis.path(), analysis.pathFound() ? "a path" : "no path");
        unit.record(new Fact(type, analysis.id().value(), Set.of(analysis.owner()), Set.of(), detail));
    }
}
