package dev.linkspan.server.api.ec2;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Match;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The filters of EC2's Describe actions: all must match (AND), each by one of its values (OR), case-sensitively and with
 * {@linkplain Match.Wildcards wildcards}. They compare texts, whatever they are over.
 */
public final class Ec2Filters {

    static final int MOST_VALUES = 200;

    private static final String TAG = "tag:";
    private static final String TAG_KEY = "tag-key";
    private static final String TAG_VALUE = "tag-value";

    private Ec2Filters() {}

    /**
     * What the filters ask for.
     *
     * @throws Refusal if there is no such filter, or it has no value or too many
     */
    public static <T> Criteria<T> criteria(Fields<T> fields, List<Filter> given) {
        Map<String, Field<T, ?>> byName = fields.byEc2Name();
        Criteria<T> criteria = Criteria.none();
        for (Filter filter : given) {
            if (filter.value().isEmpty() || filter.value().size() > MOST_VALUES) {
                throw new Refusal(
                        RefusalCode.BAD_VALUE,
                        "The filter '%s' has %d values, and 1 to %d are expected.",
                        filter.name(),
                        filter.value().size(),
                        MOST_VALUES);
            }
            Match match = Match.wildcards(filter.value());
            Field<T, ?> field = byName.get(filter.name());
            criteria = field != null
                    ? criteria.and(field, match)
                    : criteria.andTags(ofTags(filter.name(), match, fields, byName));
        }
        return criteria;
    }

    private static <T> Predicate<List<ResourceTag>> ofTags(
            String name, Match match, Fields<T> fields, Map<String, Field<T, ?>> byName) {
        if (fields.tagged().isPresent()) {
            if (name.startsWith(TAG)) {
                String key = name.substring(TAG.length());
                return any(tag -> tag.key().equals(key) && match.accepts(tag.value()));
            }
            if (name.equals(TAG_KEY)) {
                return any(tag -> match.accepts(tag.key()));
            }
            if (name.equals(TAG_VALUE)) {
                return any(tag -> match.accepts(tag.value()));
            }
        }
        TreeSet<String> known = new TreeSet<>(byName.keySet());
        fields.tagged().ifPresent(_ -> known.addAll(List.of(TAG + "KEY", TAG_KEY, TAG_VALUE)));
        throw Refusal.badValue("Filter.Name", name, "accepted are %s".formatted(String.join(", ", known)));
    }

    private static Predicate<List<ResourceTag>> any(Predicate<ResourceTag> tag) {
        return tags -> tags.stream().anyMatch(tag);
    }
}
