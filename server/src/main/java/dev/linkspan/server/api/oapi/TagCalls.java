package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.InsightsAnalysisId;
import dev.linkspan.core.id.InsightsPathId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.NatServiceId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.id.RouteTableLinkId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SecurityGroupRuleId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Tags.Unwanted;
import dev.linkspan.core.refusal.Ids;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.Source;
import dev.linkspan.server.api.json.Required;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls on tags. */
public final class TagCalls {

    private static final String RESOURCE_IDS = "ResourceIds";

    /** A tag as requests have it; its value may be an empty text. */
    record TagArgument(@Required String key, Optional<String> value) {

        String givenValue() {
            return value.orElseThrow(
                    () -> new Refusal(RefusalCode.MISSING_PARAMETER, "The Value of the tag '%s' is required.", key));
        }
    }

    record TagsRequest(
            @Required List<String> resourceIds, @Required List<TagArgument> tags) {}

    record TagAnswer(String key, String value, String resourceId, String resourceType) {}

    private static final FilterTable<Tag> FILTERS = FilterTable.<Tag>of()
            .text("Keys", Tag::key)
            .text("Values", Tag::value)
            .text(RESOURCE_IDS, tag -> tag.resource().value())
            .text("ResourceTypes", tag -> resourceType(tag.resource()));

    private final Tags tags;
    private final Listing<Tag, TagAnswer> listing;

    public TagCalls(Tags tags) {
        this.tags = tags;
        this.listing = new Listing<>(
                "Tags",
                TagAnswer.class,
                source(tags, RESOURCE_IDS),
                TagCalls::position,
                FILTERS,
                (_, tag) ->
                        new TagAnswer(tag.key(), tag.value(), tag.resource().value(), resourceType(tag.resource())));
    }

    /**
     * Where both APIs find tags: by the ids that a filter names, else resource by resource.
     *
     * @param filter what it is called
     */
    public static Source<Tag> source(Tags tags, String filter) {
        return (call, arguments, after, _) -> {
            List<String> named = arguments.texts(filter);
            Stream<List<Tag>> batches = named.isEmpty()
                    ? tags.visible(call.snapshot(), call.caller(), after.flatMap(TagCalls::resourceOf))
                    : Stream.of(tags.visible(
                            call.snapshot(),
                            call.caller(),
                            named.stream()
                                    .distinct()
                                    .flatMap(id -> ResourceId.tryParse(id).stream())
                                    .toList()));
            return batches.map(batch -> Paging.inOrder(batch.stream(), TagCalls::position, after));
        };
    }

    /** The resource on which the tag at this place is. */
    private static Optional<String> resourceOf(Position position) {
        return Optional.of(position.key().split(" ", 2)[0]);
    }

    /** By resource, and then by key. */
    public static Position position(Tag tag) {
        return Position.byName(tag.resource().value() + " " + tag.key());
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateTags", TagsRequest.class, Operation.Done.class, this::create),
                Operation.change("DeleteTags", TagsRequest.class, Operation.Done.class, this::delete),
                listing.operation("ReadTags"));
    }

    private Operation.Done create(ChangeCall call, TagsRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        request.tags().forEach(tag -> values.put(tag.key(), tag.givenValue()));
        tags.create(call.work(), call.caller(), resources(request), values);
        return new Operation.Done();
    }

    /** Clients that leave a tag's value out mean tags of any value. */
    private Operation.Done delete(ChangeCall call, TagsRequest request) {
        List<Unwanted> unwanted = request.tags().stream()
                .map(tag -> new Unwanted(tag.key(), tag.value()))
                .toList();
        tags.delete(call.work(), call.caller(), resources(request), unwanted);
        return new Operation.Done();
    }

    private static List<ResourceId> resources(TagsRequest request) {
        return request.resourceIds().stream().map(TagCalls::resource).toList();
    }

    /** The id of anything that can have tags. */
    public static ResourceId resource(String text) {
        IdKind<? extends ResourceId> kind = ResourceId.KINDS.stream()
                .filter(it -> text.startsWith(it.prefix()))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        RefusalCode.ID_WITH_WRONG_PREFIX,
                        "The %s '%s' is not the id of anything that can have tags.",
                        Parameter.RESOURCES,
                        text));
        return Ids.parse(kind, Parameter.RESOURCES, text);
    }

    /** What the OUTSCALE API calls the type of a resource that can have tags. */
    public static String resourceType(ResourceId id) {
        return switch (id) {
            case NetId _ -> "vpc";
            case SubnetId _ -> "subnet";
            case VmId _ -> "instance";
            case NicId _ -> "network-interface";
            case RouteTableId _ -> "route-table";
            case SecurityGroupId _ -> "security-group";
            case SecurityGroupRuleId _ -> "security-group-rule";
            case NetPeeringId _ -> "vpc-peering-connection";
            case DhcpOptionsSetId _ -> "dhcpoptions";
            case KeypairId _ -> "keypair";
            case InsightsPathId _ -> "network-insights-path";
            case InsightsAnalysisId _ -> "network-insights-analysis";
            case ImageId _ -> "image";
            case InternetServiceId _ -> "internet-gateway";
            case NatServiceId _ -> "natgateway";
            case NicLinkId _, RouteTableLinkId _, ReservationId _ ->
                throw new IllegalStateException("BUG: %s has a tag".formatted(id.value()));
        };
    }
}
