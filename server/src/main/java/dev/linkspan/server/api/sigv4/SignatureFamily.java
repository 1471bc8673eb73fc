package dev.linkspan.server.api.sigv4;

import java.util.Arrays;
import java.util.Optional;

/** The two spellings of Signature Version 4 that clients use (A1). */
enum SignatureFamily {
    OSC("OSC4-HMAC-SHA256", "OSC4", "osc4_request", "X-Osc-Date", "X-Osc-Security-Token"),
    AWS("AWS4-HMAC-SHA256", "AWS4", "aws4_request", "X-Amz-Date", "X-Amz-Security-Token");

    private final String algorithm;
    private final String secretPrefix;
    private final String terminator;
    private final String dateHeader;
    private final String tokenHeader;

    SignatureFamily(String algorithm, String secretPrefix, String terminator, String dateHeader, String tokenHeader) {
        this.algorithm = algorithm;
        this.secretPrefix = secretPrefix;
        this.terminator = terminator;
        this.dateHeader = dateHeader;
        this.tokenHeader = tokenHeader;
    }

    static Optional<SignatureFamily> of(String algorithm) {
        return Arrays.stream(values())
                .filter(family -> family.algorithm.equals(algorithm))
                .findFirst();
    }

    /** The first word of the Authorization header and the first line of what is signed. */
    String algorithm() {
        return algorithm;
    }

    /** What stands before the secret in the first key. */
    String secretPrefix() {
        return secretPrefix;
    }

    /** The last term of the scope. */
    String terminator() {
        return terminator;
    }

    String dateHeader() {
        return dateHeader;
    }

    /** Where the session token is that temporary keys need. */
    String tokenHeader() {
        return tokenHeader;
    }
}
