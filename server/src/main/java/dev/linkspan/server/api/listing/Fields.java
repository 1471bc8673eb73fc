package dev.linkspan.server.api.listing;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.server.api.json.FilterKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything by which resources of a kind can be chosen, in both APIs.
 *
 * @param tagged the resource whose tags are meant, if it can have any
 */
public record Fields<T>(List<Field<T, ?>> all, Optional<Function<T, ResourceId>> tagged) {

    public Fields {
        all = List.copyOf(all);
    }

    /** No fields, to add them to. */
    public static <T> Fields<T> of() {
        return new Fields<>(List.of(), Optional.empty());
    }

    public Fields<T> with(Field<T, ?> field) {
        return new Fields<>(Stream.concat(all.stream(), Stream.of(field)).toList(), tagged);
    }

    /** Adds those of others. */
    public Fields<T> with(Fields<T> others) {
        return new Fields<>(Stream.concat(all.stream(), others.all().stream()).toList(), tagged.or(others::tagged));
    }

    public Fields<T> text(Names names, Function<T, ?> values) {
        return with(Field.text(names, values));
    }

    /** Texts that both APIs ask for with wildcards. */
    public Fields<T> pattern(Names names, Function<T, ?> values) {
        return with(Field.of(names, FilterKind.PATTERNS, values));
    }

    public Fields<T> account(Names names, Function<T, ?> values) {
        return with(Field.account(names, values));
    }

    /** Whole numbers. */
    public Fields<T> number(Names names, Function<T, ?> values) {
        return with(Field.of(names, FilterKind.NUMBERS, values));
    }

    public Fields<T> decimal(Names names, Function<T, ?> values) {
        return with(Field.of(names, FilterKind.DECIMALS, values));
    }

    public Fields<T> date(Names names, Function<T, ?> values) {
        return with(Field.of(names, FilterKind.DATES, values));
    }

    public Fields<T> flag(Names names, Function<T, ?> values) {
        return with(Field.of(names, FilterKind.FLAG, values));
    }

    /** Adds filters over texts that nothing here has: they match nothing. */
    public Fields<T> absent(Names... names) {
        Fields<T> more = this;
        for (Names each : names) {
            more = more.text(each, _ -> List.of());
        }
        return more;
    }

    /** Says that there are tags: those of the caller's on this resource. */
    public Fields<T> tags(Function<T, ResourceId> resource) {
        return new Fields<>(all, Optional.of(resource));
    }

    /** By the names of OUTSCALE's filters. */
    public Map<String, Field<T, ?>> byOutscaleName() {
        return byName(field -> field.names().outscale().stream());
    }

    /** By the names of EC2's filters. */
    public Map<String, Field<T, ?>> byEc2Name() {
        return byName(field -> field.names().ec2().stream());
    }

    private Map<String, Field<T, ?>> byName(Function<Field<T, ?>, Stream<String>> names) {
        Map<String, Field<T, ?>> byName = new LinkedHashMap<>();
        for (Field<T, ?> field : all) {
            names.apply(field).forEach(name -> {
                if (byName.put(name, field) != null) {
                    throw new IllegalStateException("BUG: two fields are called " + name);
                }
            });
        }
        return Collections.unmodifiableMap(byName);
    }
}
