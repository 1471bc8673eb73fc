package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.id.KeypairId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Tags.Unwanted;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.TagSpecification.GivenTag;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.oapi.TagCalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions on tags. On a peering each of the two owners has its own. */
public final class TagActions {

    record CreateTagsRequest(
            @Required List<String> resourceId, @Required List<GivenTag> tag) {}

    record DeleteTagsRequest(@Required List<String> resourceId, List<GivenTag> tag) {}

    record DescribeTagsRequest(List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {}

    record Item(String resourceId, String resourceType, String key, String value) {}

    private static final Ec2Filters<Tag> FILTERS = Ec2Filters.<Tag>of()
            .with("key", Tag::key)
            .with("value", Tag::value)
            .with("resource-id", tag -> tag.resource().value())
            .with("resource-type", tag -> resourceType(tag.resource()));

    private final Tags tags;
    private final Ec2Listing<Tag> listing;

    public TagActions(Tags tags) {
        this.tags = tags;
        this.listing = new Ec2Listing<>(
                "TagSet",
                TagCalls.source(tags, "ResourceIds"),
                Map.of("resource-id", "ResourceIds"),
                TagCalls::position,
                Tag::resource,
                FILTERS,
                (_, tag) -> new Item(tag.resource().value(), resourceType(tag.resource()), tag.key(), tag.value()));
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateTags", CreateTagsRequest.class, this::create),
                Operation.change("DeleteTags", DeleteTagsRequest.class, this::delete),
                Operation.read("DescribeTags", DescribeTagsRequest.class, this::describe));
    }

    private Object create(ChangeCall call, CreateTagsRequest request) {
        tags.create(
                call.work(), call.caller(), resources(request.resourceId()), TagSpecification.values(request.tag()));
        return Done.IT_IS;
    }

    /** Without any tag, all of the caller's are meant; a tag without a value means those of any value. */
    private Object delete(ChangeCall call, DeleteTagsRequest request) {
        List<ResourceId> resources = resources(request.resourceId());
        List<Unwanted> unwanted = request.tag().isEmpty()
                ? call.snapshot().tags().ofResources(call.caller(), resources).stream()
                        .map(tag -> new Unwanted(tag.key(), Optional.empty()))
                        .toList()
                : request.tag().stream()
                        .map(tag -> new Unwanted(tag.key(), tag.value()))
                        .toList();
        tags.delete(call.work(), call.caller(), resources, unwanted);
        return Done.IT_IS;
    }

    private Object describe(ReadCall call, DescribeTagsRequest request) {
        return listing.page(
                call,
                new Ec2Listing.Asked(
                        new Verbatim("ResourceId"),
                        List.of(),
                        request.filter(),
                        request.maxResults(),
                        request.nextToken()));
    }

    private static List<ResourceId> resources(List<String> ids) {
        return ids.stream().map(TagCalls::resource).toList();
    }

    /** What EC2 calls the type of a resource that can have tags: nearly always what the OUTSCALE API does. */
    static String resourceType(ResourceId id) {
        return switch (id) {
            case KeypairId _ -> "key-pair";
            case DhcpOptionsSetId _ -> "dhcp-options";
            default -> TagCalls.resourceType(id);
        };
    }
}
