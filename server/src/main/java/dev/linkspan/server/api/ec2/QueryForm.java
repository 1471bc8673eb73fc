package dev.linkspan.server.api.ec2;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.server.api.ApiRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The parameters of a request, which are a form (WHATWG URL, application/x-www-form-urlencoded), in their order: the body of a
 * POST, the query of a GET.
 */
record QueryForm(Map<String, String> parameters) {

    /** What the parameters begin with by which an address is signed beforehand. */
    private static final String OF_SIGNATURE = "X-Amz-";

    private static final String FORM = "application/x-www-form-urlencoded";

    /** Refuses what is no form, or says something twice. */
    static QueryForm of(ApiRequest request) {
        if (request.method().equals("GET")) {
            return new QueryForm(parameters(request.query(), name -> !name.startsWith(OF_SIGNATURE)));
        }
        request.headers()
                .first("Content-Type")
                .filter(type -> !type.toLowerCase(Locale.ROOT).startsWith(FORM))
                .ifPresent(type -> {
                    throw unreadable("its Content-Type is '%s', and %s is expected".formatted(type, FORM));
                });
        return new QueryForm(parameters(text(request.body()), _ -> true));
    }

    private static Map<String, String> parameters(String form, Predicate<String> wanted) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isBlank() && wanted.test(pair)) {
                add(parameters, pair.strip());
            }
        }
        return parameters;
    }

    private static void add(Map<String, String> parameters, String pair) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        put(parameters, name, value);
        if (!isText(value)) {
            throw Refusal.badValue(name, "...", "it has a character that XML cannot hold");
        }
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (parameters.putIfAbsent(name, value) != null) {
            throw new Refusal(RefusalCode.PARAMETER_COMBINATION, "The parameter '%s' is there more than once.", name);
        }
    }

    /** Extensible Markup Language 1.0, production Char. */
    static boolean isText(String value) {
        return value.codePoints()
                .allMatch(point -> point == '\t'
                        || point == '\n'
                        || point == '\r'
                        || (point >= 0x20 && point <= 0xd7ff)
                        || (point >= 0xe000 && point <= 0xfffd)
                        || point >= 0x10000);
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw unreadable("it is not valid UTF-8");
        }
    }

    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw unreadable("'%s' is not percent-encoded as it should be".formatted(encoded));
        }
    }

    private static Refusal unreadable(String why) {
        return new Refusal(RefusalCode.UNREADABLE_REQUEST, "The request is not a readable form: %s.", why);
    }

    /** The same as EC2's clients would say it: STS's have {@code Tags.member.1.Key} for {@code Tags.1.Key}. */
    QueryForm withoutMembers() {
        Map<String, String> plain = new LinkedHashMap<>();
        parameters.forEach((name, value) -> put(
                plain,
                Arrays.stream(name.split("\\.", -1))
                        .filter(part -> !part.equals("member"))
                        .map(part -> part.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1))
                        .collect(Collectors.joining(".")),
                value));
        return new QueryForm(plain);
    }

    /** Takes a parameter that every request has out of the form. */
    Optional<String> take(String name) {
        return Optional.ofNullable(parameters.remove(name));
    }

    String takeRequired(String name) {
        return take(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() ->
                        new Refusal(RefusalCode.MISSING_PARAMETER, "The request must contain the parameter %s.", name));
    }

    /** False where it is absent. */
    boolean takeFlag(String name) {
        return switch (take(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            case String other -> throw Refusal.malformed(name, other, "true or false is expected");
        };
    }
}
