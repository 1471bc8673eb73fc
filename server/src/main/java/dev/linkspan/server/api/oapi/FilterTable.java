package dev.linkspan.server.api.oapi;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.json.FilterArguments;
import dev.linkspan.server.api.json.FilterKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The filters of one Read call: each has a name and says which values of a resource it compares. All filters must match
 * (AND), each by one of its values (OR), exactly and case-sensitively. A value function answers one value, an Optional,
 * or a collection; texts are compared with what {@code toString} gives.
 */
public final class FilterTable<T> {

    /** The condition that the values given for a filter make; empty where they do not restrict. */
    @FunctionalInterface
    private interface Condition<T> {
        Optional<Predicate<T>> of(FilterArguments arguments);
    }

    private record Filter<T>(FilterKind kind, Condition<T> condition) {}

    private static final Set<String> TAG_FILTERS = Set.of("Tags", "TagKeys", "TagValues");

    private final Map<String, Filter<T>> filters;
    private final Optional<Function<T, ResourceId>> tagged;

    private FilterTable(Map<String, Filter<T>> filters, Optional<Function<T, ResourceId>> tagged) {
        this.filters = filters;
        this.tagged = tagged;
    }

    /** A table without filters, to add them to. */
    public static <T> FilterTable<T> of() {
        return new FilterTable<>(Map.of(), Optional.empty());
    }

    public FilterTable<T> text(String name, Function<T, ?> values) {
        return with(name, FilterKind.TEXTS, arguments -> anyOf(arguments.texts(name), values, String::valueOf));
    }

    /** Like text, but takes JSON numbers too: some clients send account ids so. */
    public FilterTable<T> account(String name, Function<T, ?> values) {
        return with(name, FilterKind.ACCOUNTS, arguments -> anyOf(arguments.accounts(name), values, String::valueOf));
    }

    /** Like text, but refuses what no resource of this kind can have for an id, whatever is wrong with it (4104). */
    public FilterTable<T> checkedId(String name, IdKind<?> kind, Function<T, ?> values) {
        return with(name, FilterKind.TEXTS, arguments -> {
            arguments.texts(name).forEach(text -> requireId(name, kind, text));
            return anyOf(arguments.texts(name), values, String::valueOf);
        });
    }

    private static void requireId(String name, IdKind<?> kind, String text) {
        if (kind.tryParse(text).isEmpty()) {
            throw new Refusal(
                    RefusalCode.ID_WITH_WRONG_PREFIX,
                    "The value '%s' of the filter %s is not the id of %s: one such as %s is expected.",
                    text,
                    name,
                    kind.noun(),
                    kind.of(0x1234abcd));
        }
    }

    /** Whole numbers; the values are Integers or Longs. */
    public FilterTable<T> number(String name, Function<T, ?> values) {
        return with(
                name,
                FilterKind.NUMBERS,
                arguments -> anyOf(arguments.numbers(name), values, value -> ((Number) value).longValue()));
    }

    public FilterTable<T> date(String name, Function<T, ?> values) {
        return with(name, FilterKind.DATES, arguments -> anyOf(arguments.dates(name), values, Instant.class::cast));
    }

    public FilterTable<T> flag(String name, Predicate<T> value) {
        return with(
                name,
                FilterKind.FLAG,
                arguments -> arguments.flag(name).map(wanted -> item -> value.test(item) == wanted));
    }

    /** A flag of which a resource may have several, or none: one of them must be as wanted. */
    public FilterTable<T> flags(String name, Function<T, ?> values) {
        return with(
                name,
                FilterKind.FLAG,
                arguments -> arguments
                        .flag(name)
                        .map(wanted -> item -> each(values.apply(item)).anyMatch(wanted::equals)));
    }

    /** Numbers that need not be whole; the values are Doubles. */
    public FilterTable<T> decimal(String name, Function<T, ?> values) {
        return with(
                name, FilterKind.DECIMALS, arguments -> anyOf(arguments.decimals(name), values, Double.class::cast));
    }

    /** Adds the filters Tags (`key=value`), TagKeys and TagValues over the caller's tags on this resource. */
    public FilterTable<T> tags(Function<T, ResourceId> resource) {
        return new FilterTable<>(filters, Optional.of(resource));
    }

    private FilterTable<T> with(String name, FilterKind kind, Condition<T> condition) {
        Map<String, Filter<T>> more = new LinkedHashMap<>(filters);
        more.put(name, new Filter<>(kind, condition));
        return new FilterTable<>(more, tagged);
    }

    private static <T, V> Optional<Predicate<T>> anyOf(
            List<V> wanted, Function<T, ?> values, Function<Object, V> form) {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Set<V> accepted = new HashSet<>(wanted);
        return Optional.of(item -> each(values.apply(item)).map(form).anyMatch(accepted::contains));
    }

    private static Stream<?> each(Object values) {
        return switch (values) {
            case Optional<?> optional -> optional.stream();
            case Collection<?> collection -> collection.stream();
            default -> Stream.of(values);
        };
    }

    /** What each filter takes, by name. */
    public Map<String, FilterKind> kinds() {
        Map<String, FilterKind> kinds = new TreeMap<>();
        filters.forEach((name, filter) -> kinds.put(name, filter.kind()));
        tagged.ifPresent(_ -> TAG_FILTERS.forEach(name -> kinds.put(name, FilterKind.TEXTS)));
        return kinds;
    }

    Optional<Function<T, ResourceId>> tagged() {
        return tagged;
    }

    /** Refuses what the table does not have (3001) or cannot read, before anything is looked up. */
    void check(FilterArguments arguments) {
        predicate(arguments, item -> List.of());
    }

    static boolean usesTags(FilterArguments arguments) {
        return arguments.names().stream().anyMatch(TAG_FILTERS::contains);
    }

    /** Whether a resource matches all the filters; what is not accepted is refused here. */
    Predicate<T> predicate(FilterArguments arguments, Function<T, List<ResourceTag>> tagsOf) {
        Map<String, Filter<T>> all = new TreeMap<>(filters);
        tagged.ifPresent(resource -> all.putAll(tagFilters(tagsOf)));
        List<Predicate<T>> conditions = new ArrayList<>();
        for (String name : arguments.names()) {
            Filter<T> filter = Optional.ofNullable(all.get(name)).orElseThrow(() -> unknown(name, all.keySet()));
            filter.condition().of(arguments).ifPresent(conditions::add);
        }
        return item -> conditions.stream().allMatch(condition -> condition.test(item));
    }

    private static <T> Map<String, Filter<T>> tagFilters(Function<T, List<ResourceTag>> tagsOf) {
        return FilterTable.<T>of()
                .text(
                        "Tags",
                        item -> tagsOf.apply(item).stream()
                                .map(tag -> tag.key() + "=" + tag.value())
                                .toList())
                .text(
                        "TagKeys",
                        item -> tagsOf.apply(item).stream()
                                .map(ResourceTag::key)
                                .toList())
                .text(
                        "TagValues",
                        item -> tagsOf.apply(item).stream()
                                .map(ResourceTag::value)
                                .toList())
                .filters;
    }

    private static Refusal unknown(String name, Collection<String> known) {
        return new Refusal(
                RefusalCode.UNKNOWN_PARAMETER,
                "The filter '%s' is unknown: accepted are %s.",
                name,
                String.join(", ", known));
    }
}
