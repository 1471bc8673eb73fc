package dev.linkspan.cli.command;

import dev.linkspan.cli.client.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.node.ObjectNode;

/** Which events a command is about. */
final class EventFilters {

    private static final int USUAL_LIMIT = 100;

    @Option(names = "--region", paramLabel = "REGION", description = "Only this Region's; all Regions unless given.")
    private Optional<String> region = Optional.empty();

    @Option(names = "--account", paramLabel = "ID", description = "Only what names this account.")
    private Optional<String> account = Optional.empty();

    @Option(
            names = "--resource",
            paramLabel = "ID",
            description = "Only what is about this peering, Net, VM, route table, key, Subregion, ...")
    private Optional<String> resource = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only this type, such as NET_PEERING_ACCEPTED; repeat" + " it for several.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = Moment.class,
            description = "Everything from this time on: 2026-11-29, 2026-11-29T18:44:49Z, or 90s, 15m, 2h, 7d ago.")
    private Optional<Instant> since = Optional.empty();

    @Option(names = "--until", paramLabel = "WHEN", converter = Moment.class, description = "Only what is older.")
    private Optional<Instant> until = Optional.empty();

    @Option(names = "--after", paramLabel = "NUMBER", description = "Everything behind the event with this number.")
    private Optional<Long> after = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            description = "The newest COUNT ones; 100 unless given, and all with --since or --after.")
    private Optional<Integer> limit = Optional.empty();

    Optional<String> region() {
        return region;
    }

    /** How many of the newest events are wanted; empty where all from somewhere on are. */
    Optional<Integer> limited() {
        return limit.or(() -> since.isPresent() || after.isPresent() ? Optional.empty() : Optional.of(USUAL_LIMIT));
    }

    /** The arguments of {@code ReadEvents} that these options stand for. */
    ObjectNode arguments() {
        ObjectNode arguments = Json.object();
        account.ifPresent(id -> arguments.put("AccountId", id));
        resource.ifPresent(id -> arguments.put("Resource", id));
        since.ifPresent(time -> arguments.put("Since", time.toString()));
        until.ifPresent(time -> arguments.put("Until", time.toString()));
        after.ifPresent(number -> arguments.put("AfterSequence", number));
        if (!types.isEmpty()) {
            arguments.set(
                    "Types",
                    Json.array(types.stream()
                            .map(type -> type.toUpperCase(Locale.ROOT))
                            .toList()));
        }
        return arguments;
    }

    /** An instant, a day, or how long ago. */
    static final class Moment implements ITypeConverter<Instant> {

        private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

        @Override
        public Instant convert(String value) {
            Matcher ago = AGO.matcher(value);
            if (ago.matches()) {
                return Instant.now().minus(length(Long.parseLong(ago.group(1)), ago.group(2)));
            }
            try {
                return value.length() == "2026-11-29".length()
                        ? Instant.parse(value + "T00:00:00Z")
                        : OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeException notATime) {
                throw new TypeConversionException(
                        "'%s' is no time: 2026-11-29, 2026-11-29T18:44:49Z, or 90s, 15m, 2h, 7d is expected"
                                .formatted(value));
            }
        }

        private static Duration length(long count, String unit) {
            return switch (unit) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
    }
}
