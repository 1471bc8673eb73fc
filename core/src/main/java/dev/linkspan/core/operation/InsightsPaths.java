package dev.linkspan.core.operation;

import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.insights.InsightsPath;
import dev.linkspan.core.insights.PathQuestion;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.port.FlowTables;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The operations on network insights paths. */
public final class InsightsPaths {

    /** How many an account may have in a Region. */
    public static final int MOST = 100;

    private static final int SHOWN = 3;

    private final PublicIpPools pools;

    /** @param pools the public addresses */
    public InsightsPaths(PublicIpPools pools) {
        this.pools = pools;
    }

    /**
     * Keeps a question that can be asked now. Asked again with the same token, the path that there is is answered.
     *
     * @throws Refusal if the same token was given with another question, or an end is none that the caller may name
     */
    public InsightsPath create(UnitOfWork unit, AccountId caller, PathQuestion question, Optional<String> clientToken) {
        clientToken.ifPresent(Tokens::requireToken);
        Optional<InsightsPath> before =
                clientToken.flatMap(token -> unit.insightsPaths().findByClientToken(caller, token));
        if (before.isPresent()) {
            InsightsPath path = before.get();
            Tokens.requireSame(path.question().equals(question), path.clientToken(), path.id());
            return path;
        }
        new PathEnds(unit, caller, FlowTables.UNKNOWN, pools).trace(question);
        requireRoom(unit, caller);
        InsightsPath path =
                new InsightsPath(unit.newId(InsightsPathId.KIND), caller, question, unit.now(), clientToken);
        unit.insightsPaths().save(path);
        record(unit, EventType.INSIGHTS_PATH_CREATED, path);
        return path;
    }

    /** Forgets a path that has no analyses. */
    public InsightsPath delete(UnitOfWork unit, AccountId caller, InsightsPathId id) {
        InsightsPath path = Visible.insightsPath(unit, caller, Parameter.INSIGHTS_PATH, id);
        List<InsightsAnalysisId> analyses = unit.insightsAnalyses().ofPath(id).stream()
                .map(InsightsAnalysis::id)
                .toList();
        if (!analyses.isEmpty()) {
            String some = analyses.stream()
                    .limit(SHOWN)
                    .map(InsightsAnalysisId::value)
                    .collect(Collectors.joining(", "));
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The path '%s' has %d analyses (%s%s), which must be deleted first.",
                            id,
                            analyses.size(),
                            some,
                            analyses.size() > SHOWN ? ", ..." : "")
                    .about(id);
        }
        unit.tags().deleteOfResource(id);
        unit.insightsPaths().delete(id);
        record(unit, EventType.INSIGHTS_PATH_DELETED, path);
        return path;
    }

    private static void requireRoom(UnitOfWork unit, AccountId caller) {
        int there = unit.insightsPaths().ofOwner(caller).size();
        if (there >= MOST) {
            throw new Refusal(
                    RefusalCode.QUOTA,
                    "Account %s has %d network insights paths, and %d are accepted.",
                    caller,
                    there,
                    MOST);
        }
    }

    private static void record(UnitOfWork unit, EventType type, InsightsPath path) {
        PathQuestion question = path.question();
        String to = question.destination()
                .map(ResourceId::value)
                .or(() -> question.to().map(Object::toString))
                .orElse("");
        String detail = "%s/%s from %s to %s"
                .formatted(
                        question.packet().protocolName(),
                        question.packet().firstShown(),
                        question.source().value(),
                        to);
        unit.record(new Fact(type, path.id().value(), Set.of(path.owner()), Set.of(), detail));
    }
}
