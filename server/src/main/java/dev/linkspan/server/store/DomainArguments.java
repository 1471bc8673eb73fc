package dev.linkspan.server.store;

import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SessionId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringStateName;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;

/**
 * How values of the domain are written into columns: ids and ranges as text, instants as milliseconds, yes as 1. They are
 * prepared by their type, since Jdbi asks nobody else about a type that it can prepare itself.
 */
final class DomainArguments implements ArgumentFactory.Preparable {

    private static final Argument NOTHING = (position, statement, _) -> statement.setNull(position, Types.NULL);

    private static final List<Class<?>> KNOWN = List.of(
            ResourceId.class,
            AccountId.class,
            AccessKeyId.class,
            SessionId.class,
            AccountName.class,
            HostName.class,
            PeeringMessage.class,
            EmailAddress.class,
            RegionName.class,
            SubregionName.class,
            Enum.class,
            AddressRange.class,
            Ipv4.class,
            MacAddress.class,
            String.class,
            Instant.class,
            Boolean.class,
            boolean.class,
            Integer.class,
            int.class,
            Long.class,
            long.class);

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        Class<?> erased = GenericTypes.getErasedType(type);
        if (Optional.class.isAssignableFrom(erased)) {
            return Optional.of(value ->
                    ((Optional<?>) value).map(DomainArguments::argument).orElseGet(() -> NOTHING));
        }
        return KNOWN.stream().anyMatch(known -> known.isAssignableFrom(erased))
                ? Optional.of(DomainArguments::argument)
                : Optional.empty();
    }

    private static Argument argument(Object value) {
        return switch (value) {
            case ResourceId id -> text(id.value());
            case AccountId id -> text(id.value());
            case AccessKeyId id -> text(id.value());
            case SessionId id -> text(id.value());
            case AccountName name -> text(name.value());
            case HostName name -> text(name.value());
            case PeeringMessage message -> text(message.value());
            case EmailAddress email -> text(email.value());
            case RegionName name -> text(name.value());
            case SubregionName name -> text(name.value());
            case PeeringStateName state -> text(state.label());
            case Enum<?> constant -> text(constant.name());
            case AddressRange range -> text(range.toString());
            case Ipv4 address -> text(address.toString());
            case MacAddress mac -> text(mac.toString());
            case String text -> text(text);
            case Instant instant -> number(instant.toEpochMilli());
            case Boolean yes -> number(yes ? 1 : 0);
            case Integer number -> number(number);
            case Long number -> number(number);
            default -> throw new IllegalArgumentException("BUG: no column holds a %s".formatted(value.getClass()));
        };
    }

    private static Argument text(String text) {
        return (position, statement, _) -> statement.setString(position, text);
    }

    private static Argument number(long number) {
        return (position, statement, _) -> statement.setLong(position, number);
    }
}
