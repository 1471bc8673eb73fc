package dev.linkspan.server.api.listing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which values of a field are asked for: one of several. */
public sealed interface Match {

    boolean accepts(Object value);

    /** Texts as they are, case-sensitively. */
    record Texts(Set<String> texts) implements Match {

        @Override
        public boolean accepts(Object value) {
            return texts.contains(Match.text(value));
        }
    }

    /** Texts in which {@code *} stands for any characters and {@code ?} for one, unless a backslash stands before it. */
    record Wildcards(Predicate<String> pattern) implements Match {

        @Override
        public boolean accepts(Object value) {
            return pattern.test(Match.text(value));
        }

        /** Whether any character of the text stands for others. */
        public static boolean isIn(String text) {
            return text.chars().anyMatch(character -> character == '*' || character == '?' || character == '\\');
        }

        static Wildcards of(Collection<String> texts) {
            return new Wildcards(texts.stream()
                    .map(text ->
                            Pattern.compile(expression(text), Pattern.DOTALL).asMatchPredicate())
                    .reduce(Predicate::or)
                    .orElse(_ -> false));
        }

        private static String expression(String text) {
            StringBuilder expression = new StringBuilder();
            boolean literally = false;
            for (String character :
                    text.codePoints().mapToObj(Character::toString).collect(Collectors.toList())) {
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

    record Numbers(Set<Double> numbers) implements Match {

        @Override
        public boolean accepts(Object value) {
            return numbers.contains(((Number) value).doubleValue());
        }
    }

    record Dates(Set<Instant> dates) implements Match {

        @Override
        public boolean accepts(Object value) {
            return dates.contains((Instant) value);
        }
    }

    record Flag(boolean wanted) implements Match {

        @Override
        public boolean accepts(Object value) {
            return (Boolean) value == wanted;
        }
    }

    static Match texts(Collection<String> texts) {
        return new Texts(Set.copyOf(texts));
    }

    /** Texts, with wildcards where there are any. */
    static Match wildcards(List<String> texts) {
        return texts.stream().anyMatch(Wildcards::isIn) ? Wildcards.of(texts) : texts(texts);
    }

    /** What a value is compared as where texts are compared. */
    private static String text(Object value) {
        return value instanceof Instant instant ? Format.DATE.format(instant) : value.toString();
    }

    /** How dates look in the answers. */
    final class Format {

        private static final DateTimeFormatter DATE =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

        private Format() {}
    }
}
