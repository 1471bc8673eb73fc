package dev.linkspan.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with Signature Version 4 (A1).
 *
 * @param region the region term of the scope; a server takes it for the Region of the call where the host name gives none
 *     (A5)
 * @param service the service term of the scope, which servers do not prescribe
 */
public record RequestSigner(SignatureFamily family, AccessKey key, String region, String service) {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    /** The headers to send with this POST of JSON so that it is signed. */
    public Map<String, String> sign(String host, String path, byte[] body, Instant now) {
        return sign(host, path, "application/json", body, now);
    }

    /**
     * The headers to send with this POST so that it is signed.
     *
     * @param host the host, with its port where the request's Host header has one
     * @param path the path, already as it goes over the wire
     * @param contentType what the body is
     */
    public Map<String, String> sign(String host, String path, String contentType, byte[] body, Instant now) {
        String stamp = STAMP.format(now);
        Map<String, String> sent = new LinkedHashMap<>();
        sent.put("Content-Type", contentType);
        sent.put(family.dateHeader(), stamp);

        Map<String, String> signed = new TreeMap<>();
        sent.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        signed.put("host", host);
        String names = String.join(";", signed.keySet());

        String scope = String.join("/", stamp.substring(0, DATE_LENGTH), region, service, family.terminator());
        String text =
                String.join("\n", family.algorithm(), stamp, scope, hex(sha256(canonical(path, signed, names, body))));
        String signature = hex(hmac(signingKey(stamp.substring(0, DATE_LENGTH)), text));
        sent.put(
                "Authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(family.algorithm(), key.id(), scope, names, signature));
        return sent;
    }

    private static byte[] canonical(String path, Map<String, String> signed, String names, byte[] body) {
        StringBuilder text = new StringBuilder("POST\n").append(path).append("\n\n");
        signed.forEach((name, value) ->
                text.append(name).append(':').append(value.strip()).append('\n'));
        return text.append('\n')
                .append(names)
                .append('\n')
                .append(hex(sha256(body)))
                .toString()
                .getBytes(UTF_8);
    }

    private byte[] signingKey(String date) {
        byte[] dateKey = hmac((family.keyPrefix() + key.secret()).getBytes(UTF_8), date);
        return hmac(hmac(hmac(dateKey, region), service), family.terminator());
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HmacSHA256", missing);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
