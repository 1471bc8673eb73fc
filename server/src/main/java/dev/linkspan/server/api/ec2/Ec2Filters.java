package dev.linkspan.server.api.ec2;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.call.ResourceTag;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The filters of one Describe action: all must match (AND), each by one of its values (OR), case-sensitively; {@code *}
 * stands for any characters and {@code ?} for one, unless a backslash stands before it.
 */
final class Ec2Filters<T> {

    static final int MOST_VALUES = 200;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final String TAG = "tag:";
    private static final String TAG_KEY = "tag-key";
    private static final String TAG_VALUE = "tag-value";

    private final Map<String, Function<T, ?>> filters;
    private final Optional<Function<T, ResourceId>> tagged;

    private Ec2Filters(Map<String, Function<T, ?>> filters, Optional<Function<T, ResourceId>> tagged) {
        this.filters = filters;
        this.tagged = tagged;
    }

    /** A table without filters, to add them to. */
    static <T> Ec2Filters<T> of() {
        return new Ec2Filters<>(Map.of(), Optional.empty());
    }

    /** @param values one value, an Optional or a collection, compared as text */
    Ec2Filters<T> with(String name, Function<T, ?> values) {
        Map<String, Function<T, ?>> more = new LinkedHashMap<>(filters);
        more.put(name, values);
        return new Ec2Filters<>(more, tagged);
    }

    /** Adds filters over what nothing here has: they match nothing. */
    Ec2Filters<T> absent(String... names) {
        Ec2Filters<T> table = this;
        for (String name : names) {
            table = table.with(name, _ -> List.of());
        }
        return table;
    }

    /** Adds {@code tag:KEY}, {@code tag-key} and {@code tag-value} over the caller's tags on this resource. */
    Ec2Filters<T> tags(Function<T, ResourceId> resource) {
        return new Ec2Filters<>(filters, Optional.of(resource));
    }

    Optional<Function<T, ResourceId>> tagged() {
        return tagged;
    }

    static boolean useTags(List<Filter> given) {
        return given.stream().anyMatch(filter -> filter.name().startsWith("tag"));
    }

    /** Refuses what the table does not have. */
    void check(List<Filter> given) {
        predicate(given, _ -> List.of());
    }

    Predicate<T> predicate(List<Filter> given, Function<T, List<ResourceTag>> tagsOf) {
        Predicate<T> all = _ -> true;
        for (Filter filter : given) {
            all = all.and(condition(filter, tagsOf));
        }
        return all;
    }

    private Predicate<T> condition(Filter filter, Function<T, List<ResourceTag>> tagsOf) {
        if (filter.value().isEmpty() || filter.value().size() > MOST_VALUES) {
            throw Refusal.badValue("Filter.Value", filter.name(), "1 to %d values are expected", MOST_VALUES);
        }
        Predicate<String> wanted = filter.value().stream()
                .map(Ec2Filters::matching)
                .reduce(Predicate::or)
                .orElseThrow();
        Function<T, ?> values = values(filter.name(), tagsOf);
        return item -> texts(values.apply(item)).anyMatch(wanted);
    }

    private Function<T, ?> values(String name, Function<T, List<ResourceTag>> tagsOf) {
        if (tagged.isPresent()) {
            if (name.startsWith(TAG)) {
                String key = name.substring(TAG.length());
                return item -> tagsOf.apply(item).stream()
                        .filter(tag -> tag.key().equals(key))
                        .map(ResourceTag::value)
                        .toList();
            }
            if (name.equals(TAG_KEY)) {
                return item -> tagsOf.apply(item).stream().map(ResourceTag::key).toList();
            }
            if (name.equals(TAG_VALUE)) {
                return item ->
                        tagsOf.apply(item).stream().map(ResourceTag::value).toList();
            }
        }
        return Optional.ofNullable(filters.get(name)).orElseThrow(() -> unknown(name));
    }

    private Refusal unknown(String name) {
        TreeSet<String> known = new TreeSet<>(filters.keySet());
        tagged.ifPresent(_ -> known.addAll(List.of(TAG + "KEY", TAG_KEY, TAG_VALUE)));
        return Refusal.badValue("Filter.Name", name, "accepted are %s", String.join(", ", known));
    }

    private static Stream<String> texts(Object values) {
        return switch (values) {
            case Optional<?> optional -> optional.stream().map(Ec2Filters::text);
            case Collection<?> collection -> collection.stream().map(Ec2Filters::text);
            default -> Stream.of(text(values));
        };
    }

    private static String text(Object value) {
        return value instanceof Instant instant ? DATE.format(instant) : value.toString();
    }

    private static Predicate<String> matching(String wanted) {
        if (wanted.chars().noneMatch(character -> character == '*' || character == '?' || character == '\\')) {
            return wanted::equals;
        }
        return Pattern.compile(expression(wanted), Pattern.DOTALL).asMatchPredicate();
    }

    private static String expression(String wanted) {
        StringBuilder expression = new StringBuilder();
        boolean literally = false;
        for (String character :
                wanted.codePoints().mapToObj(Character::toString).collect(Collectors.toList())) {
            if (!literally && character.equals("\\")) {
                literally = true;
                continue;
            }
            expression.append(
                    literally
                            ? Pattern.quote(character)
                            : switch (character) {
                                case "*" -> ".*";
                                case "?" -> ".";
                                default -> Pattern.quote(character);
                            });
            literally = false;
        }
        return expression.toString();
    }
}
