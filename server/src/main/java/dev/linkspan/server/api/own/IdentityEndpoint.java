package dev.linkspan.server.api.own;

import dev.linkspan.server.api.AccessRecord;
import dev.linkspan.server.api.ApiRequest;
import dev.linkspan.server.api.ApiResponse;
import dev.linkspan.server.api.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets the operator's tools find out whether this server knows the admin token, before they send it: {@code GET
 * /linkspan/v1/identity?challenge=HEX} answers the challenge's HMAC under the token. Whoever listens at another server's
 * address cannot answer, and nothing of the token, which is random, is to be learnt from answers.
 */
public final class IdentityEndpoint implements Endpoint {

    private static final AccessRecord ACCESS = AccessRecord.on("linkspan", "identity");
    private static final Pattern CHALLENGE = Pattern.compile("challenge=([0-9a-f]{64})");
    private static final String PURPOSE = "linkspan identity ";
    private static final String HMAC = "HmacSHA256";

    private final byte[] adminToken;

    public IdentityEndpoint(String adminToken) {
        this.adminToken = adminToken.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
        if (!request.isRead()) {
            return ApiResponse.onlyReads(ACCESS);
        }
        Matcher challenge = CHALLENGE.matcher(request.query());
        return challenge.matches()
                ? ApiResponse.json(
                        200,
                        "{\"Proof\":\"%s\"}"
                                .formatted(proof(challenge.group(1)))
                                .getBytes(StandardCharsets.UTF_8),
                        ACCESS)
                : ApiResponse.text(400, "challenge=HEX is expected, 64 digits of [0-9a-f]\n", ACCESS);
    }

    private String proof(String challenge) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(adminToken, HMAC));
            return HexFormat.of().formatHex(mac.doFinal((PURPOSE + challenge).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("BUG: every Java has " + HMAC, absent);
        }
    }
}
