package dev.linkspan.server.api.json;

import dev.linkspan.core.account.AccountName;
import dev.linkspan.core.account.EmailAddress;
import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.AddressRange;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.Ipv6Range;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.host.HostName;
import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.peering.PeeringMessage;
import dev.linkspan.core.peering.PeeringStateName;
import dev.linkspan.core.refusal.Ids;
import dev.linkspan.core.refusal.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    private static final int EXAMPLE_ID = 0x1234abcd;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /**
     * One type's form.
     *
     * @param text what is written
     * @param look what may be written, for people and their programs
     */
    private record Form<T>(Reader<T> reader, Function<T, String> text, TextLook look) {

        Form(Reader<T> reader, TextLook look) {
            this(reader, Object::toString, look);
        }
    }

    private static final Map<Class<?>, Form<?>> FORMS = forms();

    private DomainJson() {}

    private static Map<Class<?>, Form<?>> forms() {
        Map<Class<?>, Form<?>> forms = new LinkedHashMap<>();
        for (IdKind<? extends ResourceId> kind : ResourceId.KINDS) {
            ResourceId example = kind.of(EXAMPLE_ID);
            forms.put(
                    example.getClass(),
                    new Form<>((parameter, text) -> Ids.parse(kind, parameter, text), TextLook.like(example.value())));
        }
        forms.put(AccountId.class, new Form<>(DomainJson::account, TextLook.like("123456789012")));
        forms.put(AccessKeyId.class, new Form<>(valid(AccessKeyId::new), TextLook.like("ABCDEFGHIJ0123456789")));
        forms.put(HostName.class, new Form<>(valid(HostName::new), TextLook.like("rack1-7.example.org")));
        forms.put(AccountName.class, new Form<>(valid(AccountName::new), TextLook.like("Payments")));
        forms.put(PeeringMessage.class, new Form<>(valid(PeeringMessage::new), TextLook.like("For the till.")));
        forms.put(EmailAddress.class, new Form<>(valid(EmailAddress::parse), TextLook.of("email")));
        forms.put(RegionName.class, new Form<>(valid(RegionName::new), TextLook.like("eu-west-2")));
        forms.put(SubregionName.class, new Form<>(valid(SubregionName::new), TextLook.like("eu-west-2a")));
        forms.put(Cidr.class, new Form<>(valid(Cidr::parse), TextLook.like("10.0.0.0/16")));
        forms.put(CanonicalCidr.class, new Form<>(valid(CanonicalCidr::parse), TextLook.like("10.0.0.0/16")));
        forms.put(AddressRange.class, new Form<>(valid(AddressRange::parse), TextLook.like("10.0.0.0/16")));
        forms.put(Ipv6Range.class, new Form<>(valid(Ipv6Range::new), TextLook.like("2001:db8::/32")));
        forms.put(Ipv4.class, new Form<>(valid(Ipv4::parse), TextLook.of("ipv4")));
        forms.put(MacAddress.class, new Form<>(valid(MacAddress::parse), TextLook.like("0a:58:0a:00:00:04")));
        forms.put(Instant.class, new Form<>(DomainJson::date, DATE::format, TextLook.of("date-time")));
        forms.put(Duration.class, new Form<>(DomainJson::duration, TextLook.of("duration")));
        forms.put(UUID.class, new Form<>(valid(UUID::fromString), TextLook.of("uuid")));
        forms.put(PeeringStateName.class, words(PeeringStateName.values(), PeeringStateName::label));
        forms.put(EventType.class, words(EventType.values(), EventType::name));
        forms.put(Quota.class, quotas());
        return forms;
    }

    /** Whether the type, though a record, is one JSON text. */
    static boolean isSingleValue(Class<?> type) {
        return FORMS.containsKey(type) || type == FilterArguments.class;
    }

    /** How the texts of this type look; empty where it has no form of its own. */
    static Optional<TextLook> look(Class<?> type) {
        return Optional.ofNullable(FORMS.get(type)).map(Form::look);
    }

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("linkspan");
        FORMS.forEach((type, form) -> addTo(module, type, form));
        module.addDeserializer(FilterArguments.class, new FilterArguments.Reader());
        return module;
    }

    @SuppressWarnings("unchecked")
    private static <T> void addTo(SimpleModule module, Class<T> type, Form<?> form) {
        Form<T> typed = (Form<T>) form;
        module.addDeserializer(type, new FromText<>(type, typed.reader()));
        module.addSerializer(new Text<>(type, typed.text()));
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

    private static <E> Form<E> words(E[] values, Function<E, String> label) {
        Map<String, E> byLabel = Arrays.stream(values)
                .collect(Collectors.toMap(label, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        Reader<E> reader = (parameter, text) -> {
            E value = byLabel.get(text);
            if (value == null) {
                throw Refusal.malformed(parameter, text, "one of %s is expected", String.join(", ", byLabel.keySet()));
            }
            return value;
        };
        return new Form<>(reader, label, TextLook.oneOf(List.copyOf(byLabel.keySet())));
    }

    /** The names in settings, of which operators know those that accounts read as well. */
    private static Form<Quota> quotas() {
        Form<Quota> settings = words(Quota.values(), Quota::label);
        Map<String, Quota> read =
                Arrays.stream(Quota.values()).collect(Collectors.toMap(Quota::outscaleName, Function.identity()));
        Reader<Quota> reader = (parameter, text) -> {
            Quota named = read.get(text);
            return named == null ? settings.reader().read(parameter, text) : named;
        };
        return new Form<>(reader, settings.text(), settings.look());
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
