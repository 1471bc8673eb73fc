package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.net.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.json.Required;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tags that what an action makes is to have: {@code TagSpecification.1.ResourceType}, {@code ....Tag.1.Key}, ... */
record TagSpecification(@Required String resourceType, List<GivenTag> tag) {

    record GivenTag(@Required String key, Optional<String> value) {}

    /**
     * Sets the tags on what was made.
     *
     * @param type the one type of resource that the action makes
     */
    static void apply(ChangeCall call, Tags tags, List<TagSpecification> specifications, String type, ResourceId made) {
        for (TagSpecification specification : specifications) {
            if (!specification.resourceType().equals(type)) {
                throw Refusal.badValue(
                        "TagSpecification.ResourceType",
                        specification.resourceType(),
                        "%s is expected".formatted(type));
            }
        }
        Map<String, String> values = values(specifications.stream()
                .flatMap(specification -> specification.tag().stream())
                .toList());
        if (!values.isEmpty()) {
            tags.create(call.work(), call.caller(), List.of(made), values);
        }
    }

    /** By their keys, each of which must be there once. */
    static Map<String, String> values(List<GivenTag> tags) {
        Map<String, String> values = new LinkedHashMap<>();
        for (GivenTag tag : tags) {
            if (values.putIfAbsent(tag.key(), tag.value().orElse("")) != null) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION,
                        "The tag '%s' is there more than once.".formatted(tag.key()));
            }
        }
        return values;
    }
}
