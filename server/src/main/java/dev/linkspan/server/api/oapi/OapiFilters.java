package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.FilterKind;
import dev.linkspan.server.api.listing.Criteria;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Match;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The filters of the OUTSCALE API's Read calls: all must match (AND), each by one of its values (OR), exactly and
 * case-sensitively; only names of images take wildcards. One without values does not restrict.
 */
public final class OapiFilters {

    /** How each of the filters over tags reads one: {@code Tags} take {@code key=value}. */
    private static final Map<String, Function<ResourceTag, String>> OF_TAGS = Map.of(
            "Tags", tag -> tag.key() + "=" + tag.value(), "TagKeys", ResourceTag::key, "TagValues", ResourceTag::value);

    private OapiFilters() {}

    /** What each filter takes, by name. */
    public static Map<String, FilterKind> kinds(Fields<?> fields) {
        Map<String, FilterKind> kinds = new TreeMap<>();
        fields.byOutscaleName().forEach((name, field) -> kinds.put(name, field.kind()));
        fields.tagged().ifPresent(_ -> OF_TAGS.keySet().forEach(name -> kinds.put(name, FilterKind.TEXTS)));
        return kinds;
    }

    /**
     * What the filters ask for.
     *
     * @throws Refusal if there is no such filter (3001), or its value is none that it takes
     */
    public static <T> Criteria<T> criteria(Fields<T> fields, Optional<FilterArguments> filters) {
        FilterArguments arguments = filters.orElse(FilterArguments.NONE);
        Map<String, Field<T, ?>> byName = fields.byOutscaleName();
        Criteria<T> criteria = Criteria.none();
        for (String name : arguments.names()) {
            Field<T, ?> field = byName.get(name);
            if (field != null) {
                Optional<Match> match = match(name, field, arguments);
                criteria = match.isPresent() ? criteria.and(field, match.get()) : criteria;
            } else if (fields.tagged().isPresent() && OF_TAGS.containsKey(name)) {
                criteria = withTags(criteria, OF_TAGS.get(name), arguments.texts(name));
            } else {
                throw unknown(name, kinds(fields).keySet());
            }
        }
        return criteria;
    }

    private static Optional<Match> match(String name, Field<?, ?> field, FilterArguments arguments) {
        return switch (field.kind()) {
            case TEXTS -> {
                List<String> texts = arguments.texts(name);
                field.id().ifPresent(kind -> texts.forEach(text -> requireId(name, kind, text)));
                yield anyOf(texts, Match::texts);
            }
            case PATTERNS -> anyOf(arguments.texts(name), texts -> Match.wildcards(List.copyOf(texts)));
            case ACCOUNTS -> anyOf(arguments.accounts(name), Match::texts);
            case NUMBERS ->
                anyOf(
                        arguments.numbers(name),
                        numbers -> new Match.Numbers(
                                numbers.stream().map(Long::doubleValue).collect(Collectors.toSet())));
            case DECIMALS -> anyOf(arguments.decimals(name), numbers -> new Match.Numbers(Set.copyOf(numbers)));
            case DATES -> anyOf(arguments.dates(name), dates -> new Match.Dates(Set.copyOf(dates)));
            case FLAG -> arguments.flag(name).map(Match.Flag::new);
        };
    }

    private static <V> Optional<Match> anyOf(Collection<V> values, Function<Collection<V>, Match> match) {
        return values.isEmpty() ? Optional.empty() : Optional.of(match.apply(values));
    }

    private static void requireId(String name, IdKind<?> kind, String text) {
        if (kind.tryParse(text).isEmpty()) {
            throw new Refusal(
                    RefusalCode.ID_WITH_WRONG_PREFIX,
                    "The value '%s' of the filter %s is not the id of a %s: one such as %s is expected."
                            .formatted(text, name, kind.noun(), kind.of(0x1234abcd)));
        }
    }

    private static <T> Criteria<T> withTags(
            Criteria<T> criteria, Function<ResourceTag, String> form, List<String> texts) {
        Set<String> wanted = new HashSet<>(texts);
        return texts.isEmpty()
                ? criteria
                : criteria.andTags(tags -> tags.stream().map(form).anyMatch(wanted::contains));
    }

    private static Refusal unknown(String name, Collection<String> known) {
        return new Refusal(
                RefusalCode.UNKNOWN_PARAMETER,
                "The filter '%s' is unknown: accepted are %s."
                        .formatted(name, String.join(", ", new TreeSet<>(known))));
    }
}
