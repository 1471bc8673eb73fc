package dev.linkspan.cli.client;

/** The two spellings of Signature Version 4 that the API takes (A1). */
public enum SignatureFamily {
    OSC4("OSC4", "osc4_request", "X-Osc-Date"),
    AWS4("AWS4", "aws4_request", "X-Amz-Date");

    private final String prefix;
    private final String terminator;
    private final String dateHeader;

    SignatureFamily(String prefix, String terminator, String dateHeader) {
        this.prefix = prefix;
        this.terminator = terminator;
        this.dateHeader = dateHeader;
    }

    /** What stands before the secret in the key of the first HMAC. */
    String keyPrefix() {
        return prefix;
    }

    /** The last term of a scope, and the message of the last HMAC that derives the signing key. */
    String terminator() {
        return terminator;
    }

    String algorithm() {
        return prefix + "-HMAC-SHA256";
    }

    public String dateHeader() {
        return dateHeader;
    }
}
