package dev.linkspan.server.api.sigv4;

import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as clients of either family do, with the key that they have and the token that came with it. */
public final class SignedRequests {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SignedRequests() {}

    /** @param token an empty text for a key that needs none */
    public record SigningKey(String id, String secret, String token) {}

    static ApiRequest signed(SignatureFamily family, SigningKey key, Instant at) {
        return signed(family, key, at, "/", "127.0.0.1", "");
    }

    /** A form's POST to the EC2 API, and what a client's headers say of it. */
    public static Map<String, String> headers(SigningKey key, String host, String form) {
        ApiRequest request = signed(SignatureFamily.AWS, key, Instant.now(), "/", host, form);
        Map<String, String> headers = new TreeMap<>();
        for (String name : List.of("X-Amz-Date", "X-Amz-Security-Token", "Authorization")) {
            request.headers().first(name).ifPresent(value -> headers.put(name, value));
        }
        return headers;
    }

    /** The same with this header's value instead. */
    static ApiRequest with(ApiRequest request, String header, String value) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : List.of("host", "x-amz-date", "x-amz-security-token", "authorization")) {
            headers.put(name, request.headers().all(name));
        }
        headers.put(header, List.of(value));
        return request(request.path(), headers, "");
    }

    private static ApiRequest signed(
            SignatureFamily family, SigningKey key, Instant at, String path, String host, String body) {
        String time = TIME.format(at);
        Map<String, List<String>> headers = new TreeMap<>();
        headers.put("host", List.of(host));
        headers.put(family.dateHeader().toLowerCase(Locale.ROOT), List.of(time));
        if (!key.token().isEmpty()) {
            headers.put(family.tokenHeader().toLowerCase(Locale.ROOT), List.of(key.token()));
        }
        List<String> signedHeaders = List.copyOf(headers.keySet());
        String scope = "%s/eu-west-2/ec2/%s".formatted(time.substring(0, 8), family.terminator());
        String hash = new CanonicalRequest(request(path, headers, body), signedHeaders)
                .hashes()
                .getFirst();
        byte[] signing = (family.secretPrefix() + key.secret()).getBytes(StandardCharsets.UTF_8);
        for (String term : scope.split("/", -1)) {
            signing = hmac(signing, term);
        }
        String signature =
                CanonicalRequest.hex(hmac(signing, String.join("\n", family.algorithm(), time, scope, hash)));
        headers.put(
                "authorization",
                List.of("%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(family.algorithm(), key.id(), scope, String.join(";", signedHeaders), signature)));
        return request(path, headers, body);
    }

    private static ApiRequest request(String path, Map<String, List<String>> headers, String body) {
        return new ApiRequest(
                "request",
                "POST",
                path,
                "",
                Headers.of(headers),
                body.getBytes(StandardCharsets.UTF_8),
                false,
                "127.0.0.1");
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
