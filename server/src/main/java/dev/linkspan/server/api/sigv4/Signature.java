package dev.linkspan.server.api.sigv4;

import dev.linkspan.server.api.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes what a request's signature must be (AWS's and OUTSCALE's documents on Signature Version 4). */
final class Signature {

    private Signature() {}

    /**
     * Whether the secret makes one of the request's forms have the signature that it carries; takes as long for a wrong
     * one as for a right one (A2).
     *
     * @param timestamp the date header as sent
     */
    static boolean matches(ApiRequest request, Authorization authorization, String timestamp, String secret) {
        byte[] key = signingKey(authorization, secret);
        byte[] given = authorization.signature().getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String hash : new CanonicalRequest(request, authorization.signedHeaders()).hashes()) {
            String toSign =
                    String.join("\n", authorization.family().algorithm(), timestamp, authorization.scope(), hash);
            byte[] expected = CanonicalRequest.hex(hmac(key, toSign)).getBytes(StandardCharsets.UTF_8);
            matches |= MessageDigest.isEqual(expected, given);
        }
        return matches;
    }

    private static byte[] signingKey(Authorization authorization, String secret) {
        SignatureFamily family = authorization.family();
        byte[] key = (family.secretPrefix() + secret).getBytes(StandardCharsets.UTF_8);
        for (String term : authorization.scope().split("/", -1)) {
            key = hmac(key, term);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("BUG: every JDK has HmacSHA256", impossible);
        }
    }
}
