package dev.linkspan.server.api.resource.tag;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Tags.Unwanted;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ResourceTypes;
import dev.linkspan.server.api.json.EmptyIsValue;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.OapiListing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls on tags. */
public final class TagCalls {

    /** A tag as requests have it; its value may be an empty text. */
    record TagArgument(@Required String key, @EmptyIsValue Optional<String> value) {

        String givenValue() {
            return value.orElseThrow(() -> new Refusal(
                    RefusalCode.MISSING_PARAMETER, "The Value of the tag '%s' is required.".formatted(key)));
        }
    }

    record TagsRequest(
            @Required List<String> resourceIds, @Required List<TagArgument> tags) {}

    record TagAnswer(String key, String value, String resourceId, String resourceType) {}

    private final Tags tags;
    private final OapiListing<Tag, TagAnswer> listing;

    public TagCalls(Tags tags) {
        this.tags = tags;
        this.listing = new OapiListing<>(
                "Tags",
                TagAnswer.class,
                TagListing.of(tags),
                (_, tag) -> new TagAnswer(
                        tag.key(), tag.value(), tag.resource().value(), ResourceTypes.outscale(tag.resource())));
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
        return TagListing.resources("ResourceIds", request.resourceIds());
    }
}
