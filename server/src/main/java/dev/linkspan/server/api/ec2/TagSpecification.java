package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.json.Required;
import java.util.ArrayList;
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
        Map<String, String> values = byType(specifications, List.of(type)).getOrDefault(type, Map.of());
        if (!values.isEmpty()) {
            tags.create(call.work(), call.caller(), List.of(made), values);
        }
    }

    /**
     * The tags, by key, for each type of resource that has any.
     *
     * @param types those that the action makes
     */
    static Map<String, Map<String, String>> byType(List<TagSpecification> specifications, List<String> types) {
        Map<String, List<GivenTag>> given = new LinkedHashMap<>();
        for (TagSpecification specification : specifications) {
            if (!types.contains(specification.resourceType())) {
                throw Refusal.badValue(
                        "TagSpecification.ResourceType",
                        specification.resourceType(),
                        "%s is expected",
                        String.join(" or ", types));
            }
            given.computeIfAbsent(specification.resourceType(), _ -> new ArrayList<>())
                    .addAll(specification.tag());
        }
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        given.forEach((type, tags) -> values.put(type, values(tags)));
        return values;
    }

    /** By their keys, each of which must be there once. */
    static Map<String, String> values(List<GivenTag> tags) {
        Map<String, String> values = new LinkedHashMap<>();
        for (GivenTag tag : tags) {
            if (values.putIfAbsent(tag.key(), tag.value().orElse("")) != null) {
                throw new Refusal(
                        RefusalCode.PARAMETER_COMBINATION, "The tag '%s' is there more than once.", tag.key());
            }
        }
        return values;
    }
}
