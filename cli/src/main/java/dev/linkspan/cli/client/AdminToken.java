package dev.linkspan.cli.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What admits the operator. Another server, or another user's program, may listen where the operator's was expected: so a
 * server has to show that it knows the token before it is sent.
 */
record AdminToken(String text) {

    private static final String IDENTITY = "/linkspan/v1/identity?challenge=";
    private static final String PURPOSE = "linkspan identity ";
    private static final String HMAC = "HmacSHA256";
    private static final int CHALLENGE_LENGTH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Throws {@link StrangeServer} where what listens there does not know the token. */
    void requireKnownTo(Endpoint endpoint) {
        byte[] random = new byte[CHALLENGE_LENGTH];
        RANDOM.nextBytes(random);
        String challenge = HexFormat.of().formatHex(random);
        byte[] proof = endpoint.read(IDENTITY + challenge).text("Proof").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(proof, proof(challenge).getBytes(StandardCharsets.UTF_8))) {
            throw new StrangeServer(endpoint.server());
        }
    }

    private String proof(String challenge) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal((PURPOSE + challenge).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("BUG: every Java has " + HMAC, absent);
        }
    }
}
