package dev.linkspan.server.api.sigv4;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        if (!scope[4].equals(family.terminator())) {
            throw notSigned("with %s the scope ends in %s".formatted(family.algorithm(), family.terminator()));
        }
        List<String> signedHeaders = Arrays.stream(
                        field(fields, "SignedHeaders").split(";", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
        return new Authorization(
                family,
                new AccessKeyId(scope[0]),
                scope[1],
                scope[2],
                scope[3],
                signedHeaders,
                field(fields, "Signature"));
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split(",", -1)) {
            String[] pair = field.strip().split("=", 2);
            if (pair.length == 2) {
                fields.put(pair[0], pair[1]);
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
        return new Refusal(RefusalCode.NOT_SIGNED, "The Authorization header cannot be read: %s.".formatted(why));
    }

    /** What the signature is good for: {@code 20261122/eu-west-2/api/osc4_request}. */
    String scope() {
        return String.join("/", day, region, service, family.terminator());
    }
}
