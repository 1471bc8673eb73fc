package dev.linkspan.server.store;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.peering.PeeringStateName;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jspecify.annotations.Nullable;

/** How values of the domain are written into columns: ids and ranges as text, instants as milliseconds, yes as 1. */
final class DomainArguments implements ArgumentFactory {

    @Override
    public Optional<Argument> build(Type type, @Nullable Object value, ConfigRegistry config) {
        return switch (value) {
            case Optional<?> optional -> optional.isEmpty() ? Optional.of(nothing()) : domain(optional.get());
            case null, default -> domain(value);
        };
    }

    private static Optional<Argument> domain(@Nullable Object value) {
        return switch (value) {
            case ResourceId id -> text(id.value());
            case AccountId id -> text(id.value());
            case AccessKeyId id -> text(id.value());
            case RegionName name -> text(name.value());
            case SubregionName name -> text(name.value());
            case PeeringStateName state -> text(state.label());
            case Enum<?> constant -> text(constant.name());
            case Cidr range -> text(range.toString());
            case Ipv4 address -> text(address.toString());
            case MacAddress mac -> text(mac.toString());
            case String text -> text(text);
            case Instant instant -> number(instant.toEpochMilli());
            case Boolean yes -> number(yes ? 1 : 0);
            case Integer number -> number(number);
            case Long number -> number(number);
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Argument> text(String text) {
        return Optional.of((position, statement, _) -> statement.setString(position, text));
    }

    private static Optional<Argument> number(long number) {
        return Optional.of((position, statement, _) -> statement.setLong(position, number));
    }

    private static Argument nothing() {
        return (position, statement, _) -> statement.setNull(position, Types.NULL);
    }
}
