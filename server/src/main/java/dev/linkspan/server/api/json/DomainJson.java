package dev.linkspan.server.api.json;

import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.refusal.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How the domain's values look in JSON: each is one text, read with the parameter's name at hand, so that a refusal can
 * say which one it was.
 */
final class DomainJson {

    /** Reads the text that a parameter held. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(String parameter, String text);
    }

    /** Reads a text, or throws IllegalArgumentException that says what would be accepted. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(String text);
    }

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private static final Map<Class<?>, Reader<?>> READERS = readers();

    private DomainJson() {}

    private static Map<Class<?>, Reader<?>> readers() {
        Map<Class<?>, Reader<?>> readers = new LinkedHashMap<>();
        for (IdKind<? extends ResourceId> kind : ResourceId.KINDS) {
            readers.put(kind.of(0).getClass(), kind::parse);
        }
        readers.put(AccountId.class, (Reader<AccountId>) DomainJson::account);
        readers.put(AccessKeyId.class, valid(AccessKeyId::new));
        readers.put(EmailAddress.class, valid(EmailAddress::parse));
        readers.put(RegionName.class, valid(RegionName::new));
        readers.put(SubregionName.class, valid(SubregionName::new));
        readers.put(Cidr.class, valid(Cidr::parse));
        readers.put(Ipv4.class, valid(Ipv4::parse));
        readers.put(MacAddress.class, valid(MacAddress::parse));
        readers.put(Instant.class, (Reader<Instant>) DomainJson::date);
        readers.put(Duration.class, (Reader<Duration>) DomainJson::duration);
        readers.put(PeeringStateName.class, words(PeeringStateName.values(), PeeringStateName::label));
        readers.put(EventType.class, words(EventType.values(), EventType::name));
        readers.put(Quota.class, words(Quota.values(), Quota::label));
        return readers;
    }

    /** Whether the type, though a record, is one JSON text. */
    static boolean isSingleValue(Class<?> type) {
        return READERS.containsKey(type) || type == FilterArguments.class;
    }

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("linkspan");
        READERS.forEach((type, reader) -> addTo(module, type, reader));
        module.addSerializer(new Text<>(Instant.class, DATE::format));
        module.addSerializer(new Text<>(PeeringStateName.class, PeeringStateName::label));
        module.addSerializer(new Text<>(Quota.class, Quota::label));
        module.addDeserializer(FilterArguments.class, new FilterArguments.Reader());
        return module;
    }

    @SuppressWarnings("unchecked")
    private static <T> void addTo(SimpleModule module, Class<T> type, Reader<?> reader) {
        module.addDeserializer(type, new FromText<>(type, (Reader<T>) reader));
        module.addSerializer(new Text<>(type, Object::toString));
    }

    private static <T> Reader<T> valid(Parser<T> parser) {
        return (parameter, text) -> {
            try {
                return parser.parse(text);
            } catch (IllegalArgumentException why) {
                throw Refusal.malformed(parameter, text, String.valueOf(why.getMessage()));
            }
        };
    }

    private static AccountId account(String parameter, String text) {
        return AccountId.tryParse(text).orElseThrow(() -> Refusal.malformed(parameter, text, "12 digits are expected"));
    }

    static Instant date(String parameter, String text) {
        try {
            return text.length() == "2026-11-29".length()
                    ? Instant.parse(text + "T00:00:00Z")
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notADate) {
            throw Refusal.malformed(parameter, text, "a date such as 2026-11-29T18:44:49.000Z is expected");
        }
    }

    private static Duration duration(String parameter, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException notADuration) {
            throw Refusal.malformed(parameter, text, "a duration such as P7D or PT90S (ISO 8601) is expected");
        }
    }

    private static <E> Reader<E> words(E[] values, Function<E, String> label) {
        Map<String, E> byLabel = Arrays.stream(values)
                .collect(Collectors.toMap(label, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        return (parameter, text) -> {
            E value = byLabel.get(text);
            if (value == null) {
                throw Refusal.malformed(
                        parameter, text, "one of %s is expected".formatted(String.join(", ", byLabel.keySet())));
            }
            return value;
        };
    }

    /** The parameter that is being read; for an element of a list, the list's. */
    static String parameter(JsonParser parser) {
        TokenStreamContext context = parser.streamReadContext();
        while (context != null && !context.hasCurrentName()) {
            context = context.getParent();
        }
        return context == null ? "request" : String.valueOf(context.currentName());
    }

    private static final class FromText<T> extends StdDeserializer<T> {

        private final transient Reader<T> reader;

        FromText(Class<T> type, Reader<T> reader) {
            super(type);
            this.reader = reader;
        }

        /** Some clients send account ids as JSON numbers. */
        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            boolean number = parser.hasToken(JsonToken.VALUE_NUMBER_INT) && handledType() == AccountId.class;
            if (!number && !parser.hasToken(JsonToken.VALUE_STRING)) {
                throw StrictJson.wrongType(parameter(parser), "a text");
            }
            return reader.read(parameter(parser), parser.getString());
        }
    }

    private static final class Text<T> extends StdSerializer<T> {

        private final transient Function<T, String> form;

        Text(Class<T> type, Function<T, String> form) {
            super(type);
            this.form = form;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(form.apply(value));
        }
    }
}
