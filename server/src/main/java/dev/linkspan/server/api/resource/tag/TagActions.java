package dev.linkspan.server.api.resource.tag;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.operation.Tags.Unwanted;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.call.ResourceTypes;
import dev.linkspan.server.api.ec2.Done;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.ec2.TagSpecification.GivenTag;
import dev.linkspan.server.api.json.Required;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The actions on tags. On a peering each of the two owners has its own. */
public final class TagActions {

    record CreateTagsRequest(
            @Required List<String> resourceId, @Required List<GivenTag> tag) {}

    record DeleteTagsRequest(@Required List<String> resourceId, List<GivenTag> tag) {}

    record DescribeTagsRequest(List<Filter> filter, Optional<Integer> maxResults, Optional<String> nextToken) {}

    record Item(String resourceId, String resourceType, String key, String value) {}

    private final Tags tags;

    public TagActions(Tags tags) {
        this.tags = tags;
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
        return listing(request)
                .page(
                        call,
                        new Ec2Listing.Asked(
                                new Verbatim("ResourceId"),
                                List.of(),
                                request.filter(),
                                request.maxResults(),
                                request.nextToken()));
    }

    private Ec2Listing<Tag> listing(DescribeTagsRequest request) {
        Set<String> keys = request.filter().stream()
                .map(Filter::name)
                .filter(name -> name.startsWith(TagListing.BY_KEY))
                .map(name -> name.substring(TagListing.BY_KEY.length()))
                .collect(Collectors.toSet());
        return Ec2Listing.withoutIds(
                "TagSet",
                TagListing.of(tags, keys),
                (_, tag) ->
                        new Item(tag.resource().value(), ResourceTypes.ec2(tag.resource()), tag.key(), tag.value()));
    }

    private static List<ResourceId> resources(List<String> ids) {
        return TagListing.resources("ResourceId", ids);
    }
}
