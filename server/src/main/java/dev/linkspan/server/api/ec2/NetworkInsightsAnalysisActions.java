package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.insights.InsightsAnalysis;
import dev.linkspan.core.operation.InsightsAnalyses;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Visible;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.Required;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The actions on network insights analyses: what was found when a path was asked, over as soon as it is started. */
public final class NetworkInsightsAnalysisActions {

    private static final String RESOURCE_TYPE = "network-insights-analysis";

    /** Nothing takes longer than the change that starts it, and what cannot be asked is refused. */
    private static final String STATUS = "succeeded";

    /** @param clientToken by which a call that is repeated starts no second analysis */
    record StartNetworkInsightsAnalysisRequest(
            @Required InsightsPathId networkInsightsPathId,
            List<AccountId> additionalAccount,
            List<String> filterInArn,
            List<String> filterOutArn,
            Optional<String> clientToken,
            List<TagSpecification> tagSpecification) {

        /**
         * A packet has one way here, and of other accounts it is told what an owner may know
         * (docs/decisions/0015-an-owner-is-told-what-packets-would-tell.md).
         */
        void requirePossible() {
            additionalAccount.forEach(account -> {
                throw Refusal.badValue(
                        "AdditionalAccount",
                        account,
                        "what other accounts have is not looked into, so none is expected");
            });
            filterInArn.forEach(arn -> {
                throw Refusal.badValue("FilterInArn", arn, "a packet has one way here, so none is expected");
            });
            filterOutArn.forEach(arn -> {
                throw Refusal.badValue("FilterOutArn", arn, "a packet has one way here, so none is expected");
            });
        }
    }

    record DeleteNetworkInsightsAnalysisRequest(@Required InsightsAnalysisId networkInsightsAnalysisId) {}

    /**
     * @param networkInsightsPathId only those of this path
     * @param analysisStartTime only those started then or later
     * @param analysisEndTime only those started then or earlier
     */
    record DescribeNetworkInsightsAnalysesRequest(
            List<InsightsAnalysisId> networkInsightsAnalysisId,
            Optional<InsightsPathId> networkInsightsPathId,
            Optional<Instant> analysisStartTime,
            Optional<Instant> analysisEndTime,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {

        boolean means(InsightsAnalysis analysis) {
            return networkInsightsPathId.map(analysis.path()::equals).orElse(true)
                    && analysisStartTime
                            .map(time -> !analysis.startedAt().isBefore(time))
                            .orElse(true)
                    && analysisEndTime
                            .map(time -> !analysis.startedAt().isAfter(time))
                            .orElse(true);
        }
    }

    record Answer(Map<String, Object> networkInsightsAnalysis) {}

    record DeletedAnswer(InsightsAnalysisId networkInsightsAnalysisId) {}

    private static final Ec2Filters<InsightsAnalysis> FILTERS = Ec2Filters.<InsightsAnalysis>of()
            .with("path-found", InsightsAnalysis::pathFound)
            .with("status", _ -> STATUS)
            .tags(InsightsAnalysis::id);

    private final InsightsAnalyses analyses;
    private final Tags tags;

    public NetworkInsightsAnalysisActions(InsightsAnalyses analyses, Tags tags) {
        this.analyses = analyses;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change(
                        "StartNetworkInsightsAnalysis", StartNetworkInsightsAnalysisRequest.class, this::start),
                Operation.change(
                        "DeleteNetworkInsightsAnalysis", DeleteNetworkInsightsAnalysisRequest.class, this::delete),
                Operation.read(
                        "DescribeNetworkInsightsAnalyses",
                        DescribeNetworkInsightsAnalysesRequest.class,
                        NetworkInsightsAnalysisActions::describe));
    }

    private Object start(ChangeCall call, StartNetworkInsightsAnalysisRequest request) {
        request.requirePossible();
        AnalysisFindings findings = new AnalysisFindings(call.snapshot().region(), call.caller());
        InsightsAnalysis analysis = analyses.start(
                call.work(), call.caller(), request.networkInsightsPathId(), request.clientToken(), findings::text);
        TagSpecification.apply(call, tags, request.tagSpecification(), RESOURCE_TYPE, analysis.id());
        return new Answer(item(call, analysis));
    }

    private Object delete(ChangeCall call, DeleteNetworkInsightsAnalysisRequest request) {
        analyses.delete(call.work(), call.caller(), request.networkInsightsAnalysisId());
        return new DeletedAnswer(request.networkInsightsAnalysisId());
    }

    private static Object describe(ReadCall call, DescribeNetworkInsightsAnalysesRequest request) {
        request.networkInsightsPathId()
                .ifPresent(id -> Visible.insightsPath(call.snapshot(), call.caller(), Parameter.INSIGHTS_PATH, id));
        Function<InsightsAnalysis, Position> position =
                analysis -> Position.byCreation(analysis.startedAt(), analysis.id());
        Ec2Listing<InsightsAnalysis> listing = new Ec2Listing<>(
                "NetworkInsightsAnalysisSet",
                Ec2Listing.all(
                        (reading, filters) -> candidates(reading, filters, request).stream()
                                .filter(request::means)
                                .toList(),
                        position),
                Map.of(),
                position,
                InsightsAnalysis::id,
                FILTERS,
                NetworkInsightsAnalysisActions::item);
        return listing.page(
                call,
                new Ec2Listing.Asked(
                        Parameter.INSIGHTS_ANALYSIS,
                        request.networkInsightsAnalysisId(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken(),
                        NetworkInsightsPathActions.PAGE_SIZES));
    }

    private static List<InsightsAnalysis> candidates(
            ReadCall call, FilterArguments filters, DescribeNetworkInsightsAnalysesRequest request) {
        Optional<List<InsightsAnalysisId>> ids = filters.ids("NetworkInsightsAnalysisIds", InsightsAnalysisId.KIND);
        if (ids.isPresent()) {
            return ids.get().stream()
                    .flatMap(id -> call.snapshot().insightsAnalyses().find(id).stream())
                    .filter(analysis -> analysis.owner().equals(call.caller()))
                    .toList();
        }
        return request.networkInsightsPathId()
                .map(call.snapshot().insightsAnalyses()::ofPath)
                .orElseGet(() -> call.snapshot().insightsAnalyses().ofOwner(call.caller()));
    }

    private static Map<String, Object> item(Call call, InsightsAnalysis analysis) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("NetworkInsightsAnalysisId", analysis.id());
        item.put("NetworkInsightsAnalysisArn", Arns.of(call.snapshot().region(), analysis.owner(), analysis.id()));
        item.put("NetworkInsightsPathId", analysis.path());
        item.put("StartDate", analysis.startedAt());
        item.put("Status", STATUS);
        item.put("NetworkPathFound", analysis.pathFound());
        item.putAll(AnalysisFindings.fields(analysis.findings()));
        item.put("TagSet", TagItem.of(call, analysis.id()));
        return item;
    }
}
