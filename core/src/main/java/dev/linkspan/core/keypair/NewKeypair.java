package dev.linkspan.core.keypair;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A keypair that is to be kept. Of a private key that was made here only a digest remains.
 *
 * @param name 1 to 255 printable characters of ASCII
 * @param privateKeyDigest of a key that was made here, where clients are shown one; see {@link Keypair}
 */
public record NewKeypair(String name, PublicKey publicKey, Optional<String> privateKeyDigest) {

    /** How long a name may be. */
    public static final int LONGEST_NAME = 255;

    private static final Pattern NAME = Pattern.compile("[ -~]*");

    public NewKeypair {
        requireName(name);
    }

    /** Refuses what no keypair can be called. */
    public static void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE,
                    "The value '%s' of %s is not accepted: 1 to %d characters are expected, and not only spaces.",
                    name,
                    Parameter.KEYPAIR_NAME,
                    LONGEST_NAME);
        }
        if (!NAME.matcher(name).matches()) {
            throw Refusal.malformed(Parameter.KEYPAIR_NAME, name, "printable characters of ASCII are expected");
        }
    }
}
