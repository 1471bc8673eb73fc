package dev.linkspan.core.keypair;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.KeypairId;
import java.time.Instant;
import java.util.Optional;

/**
 * A public key that an account keeps in a Region under a name, which its VMs may have ({@link
 * dev.linkspan.core.net.VmSettings#keypair}). It is shown and installed nowhere; the private key is its owner's alone.
 *
 * @param name no other keypair of the account in this Region has it
 * @param privateKeyDigest the SHA-1 of the private key's PKCS #8 form, in pairs of hexadecimal digits with colons, which EC2
 *     shows as the fingerprint of an RSA key that was made here; empty for all others
 */
public record Keypair(
        KeypairId id,
        AccountId owner,
        String name,
        PublicKey publicKey,
        Optional<String> privateKeyDigest,
        Instant createdAt) {

    public KeypairType type() {
        return publicKey.type();
    }
}
