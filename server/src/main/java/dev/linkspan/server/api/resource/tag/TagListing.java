package dev.linkspan.server.api.resource.tag;

import static dev.linkspan.server.api.listing.Names.both;
import static dev.linkspan.server.api.listing.Names.ec2;
import static dev.linkspan.server.api.listing.Names.outscale;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Ids;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.tag.Tag;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ResourceTypes;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import dev.linkspan.server.api.listing.Source;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How tags are listed: the caller's own, on whatever the caller may see. */
final class TagListing {

    /** What the filter over the values of one key begins with. */
    static final String BY_KEY = "tag:";

    private static final Field<Tag, ResourceId> RESOURCE = Field.parsed(
            both("ResourceIds", "resource-id"),
            ResourceId::tryParse,
            tag -> tag.resource().value());

    private static final Fields<Tag> FIELDS = Fields.<Tag>of()
            .with(RESOURCE)
            .text(both("Keys", "key"), Tag::key)
            .text(both("Values", "value"), Tag::value)
            .text(outscale("ResourceTypes"), tag -> ResourceTypes.outscale(tag.resource()))
            .text(ec2("resource-type"), tag -> ResourceTypes.ec2(tag.resource()));

    private TagListing() {}

    static Listing<Tag> of(Tags tags) {
        return new Listing<>(FIELDS, source(tags), TagListing::position);
    }

    /** The same, of which tags with these keys can be chosen by their values too: {@code tag:KEY}. */
    static Listing<Tag> of(Tags tags, Collection<String> keys) {
        Fields<Tag> fields = FIELDS;
        for (String key : keys) {
            fields = fields.text(ec2(BY_KEY + key), tag -> tag.key().equals(key) ? List.of(tag.value()) : List.of());
        }
        return new Listing<>(fields, source(tags), TagListing::position);
    }

    /** By the ids that are named, else resource by resource. */
    private static Source<Tag> source(Tags tags) {
        return (call, criteria, after, _) -> {
            Optional<List<ResourceId>> named = criteria.named(RESOURCE);
            Stream<List<Tag>> batches = named.isPresent()
                    ? Stream.of(tags.visible(call.snapshot(), call.caller(), named.get()))
                    : tags.visible(call.snapshot(), call.caller(), after.flatMap(TagListing::resourceOf));
            return batches.map(batch -> Listing.inOrder(batch, TagListing::position, after));
        };
    }

    /** The resource on which the tag at this place is. */
    private static Optional<String> resourceOf(Position position) {
        return Optional.of(position.key().split(" ", 2)[0]);
    }

    /** By resource, and then by key. */
    private static Position position(Tag tag) {
        return Position.byName(tag.resource().value() + " " + tag.key());
    }

    /**
     * The ids of resources that can have tags.
     *
     * @param parameter the one that held them
     */
    static List<ResourceId> resources(String parameter, List<String> ids) {
        return ids.stream().map(text -> resource(parameter, text)).toList();
    }

    private static ResourceId resource(String parameter, String text) {
        IdKind<? extends ResourceId> kind = ResourceId.KINDS.stream()
                .filter(it -> text.startsWith(it.prefix()))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        RefusalCode.ID_WITH_WRONG_PREFIX,
                        "The %s '%s' is not the id of anything that can have tags.".formatted(parameter, text)));
        return Ids.parse(kind, parameter, text);
    }
}
