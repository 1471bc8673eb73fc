package dev.linkspan.core.keypair;

import java.util.Arrays;
import java.util.Optional;

/** The algorithms that a keypair may be for, as SSH names them (RFC 4253, RFC 5656, RFC 8709). */
public enum KeypairType {
    RSA("ssh-rsa"),
    ED25519("ssh-ed25519"),
    ECDSA_256("ecdsa-sha2-nistp256"),
    ECDSA_384("ecdsa-sha2-nistp384"),
    ECDSA_521("ecdsa-sha2-nistp521");

    private final String label;

    KeypairType(String label) {
        this.label = label;
    }

    /** Its name in SSH's formats and in the OUTSCALE API. */
    public String label() {
        return label;
    }

    public static Optional<KeypairType> tryParse(String label) {
        return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
    }
}
