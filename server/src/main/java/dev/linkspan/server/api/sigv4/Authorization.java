package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Authorization header of a signed request, taken apart.
 *
 * @param day the scope's date, {@code 20261122}
 * @param region the scope's Region term, whatever it is
 * @param service the scope's service term, whatever it is
 * @param signedHeaders names in lower case, as the client listed them
 */
record Authorization(
        SignatureFamily family,
        AccessKeyId key,
        String day,
        String region,
        String service,
        List<String> signedHeaders,
        String signature) {

    private static final int SCOPE_TERMS = 5;
    private static final int MOST_SIGNED_HEADERS = 40;
    private static final Pattern WHOLE_DAY = Pattern.compile("[0-9]{8}");
    private static final Set<String> FIELDS = Set.of("Credential", "SignedHeaders", "Signature");

    /** Refuses what is not {@code ALGORITHM Credential=.., SignedHeaders=.., Signature=..}. */
    static Authorization parse(String header) {
        String[] halves = header.strip().split("\\s+", 2);
        SignatureFamily family = SignatureFamily.of(halves[0])
                .orElseThrow(() -> notSigned("signatures begin with OSC4-HMAC-SHA256 or AWS4-HMAC-SHA256"));
        Map<String, String> fields = fields(halves.length == 2 ? halves[1] : "");
        String[] scope = field(fields, "Credential").split("/", -1);
        if (scope.length != SCOPE_TERMS || scope[0].isBlank() || scope[0].length() > 128) {
            throw notSigned("a Credential is KEY/DATE/REGION/SERVICE/" + family.terminator());
        }
        if (!WHOLE_DAY.matcher(scope[1]).matches()) {
            throw notSigned("a Credential names a whole day, such as 20261122");
        }
        if (!scope[4].equals(family.terminator())) {
            throw notSigned("with %s the scope ends in %s".formatted(family.algorithm(), family.terminator()));
        }
        List<String> signedHeaders = signedHeaders(field(fields, "SignedHeaders"));
        return new Authorization(
                family,
                new AccessKeyId(scope[0]),
                scope[1],
                scope[2],
                scope[3],
                signedHeaders,
                field(fields, "Signature"));
    }

    /** Each costs time and memory before it is known who asks, so there are few of them, each once. */
    private static List<String> signedHeaders(String text) {
        List<String> names = Arrays.stream(text.split(";", MOST_SIGNED_HEADERS + 1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (names.size() > MOST_SIGNED_HEADERS) {
            throw notSigned("at most %d headers are signed".formatted(MOST_SIGNED_HEADERS));
        }
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
                throw notSigned("the names in SignedHeaders stand in the order of the alphabet, each once");
            }
        }
        if (!names.contains("host")) {
            throw notSigned("the header Host must be among the signed headers");
        }
        return names;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split(",", -1)) {
            String[] pair = field.strip().split("=", 2);
            if (pair.length == 2 && fields.putIfAbsent(pair[0], pair[1]) != null) {
                throw notSigned("its %s is there twice".formatted(FIELDS.contains(pair[0]) ? pair[0] : "field"));
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw notSigned("its %s is missing".formatted(name));
        }
        return value;
    }

    private static Refusal notSigned(String why) {
        return new Refusal(RefusalCode.NOT_SIGNED, "The Authorization header cannot be read: %s.", why);
    }

    /** What the signature is good for: {@code 20261122/eu-west-2/api/osc4_request}. */
    String scope() {
        return String.join("/", day, region, service, family.terminator());
    }
}
