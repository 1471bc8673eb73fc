package dev.linkspan.server.api.resource.keypair;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.keypair.KeypairType;
import dev.linkspan.core.keypair.NewKeypair;
import dev.linkspan.core.keypair.PublicKey;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;
import dev.linkspan.server.api.BoundedExecutor;
import dev.linkspan.server.turn.RecentActivity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Makes keypairs, whose private keys are told once and kept nowhere. The keys are the JDK's; Bouncy Castle writes them in
 * the formats of SSH. One of RSA takes up to half a second of a processor while the JVM is cold, and a tenth of that later.
 */
public final class KeyMaker {

    /** What EC2 and OUTSCALE make. */
    private static final int RSA_BITS = 2048;

    private static final int MOST_AT_ONCE = 2;

    private final BoundedExecutor crew;

    public KeyMaker() {
        this(new RecentActivity());
    }

    /** @param activity who would notice that one makes many */
    public KeyMaker(RecentActivity activity) {
        this.crew = new BoundedExecutor(
                "keypair",
                MOST_AT_ONCE,
                Sentence.of("Too many %s are being made at this moment. Try again in some seconds.", Noun.KEYPAIRS),
                activity);
    }

    /**
     * A keypair with its private key.
     *
     * @param privateKey PEM as OpenSSH reads it: PKCS #1 for RSA, OpenSSH's own format for Ed25519
     */
    public record Made(NewKeypair keypair, String privateKey) {

        /** Without the private key, which no log may have. */
        @Override
        public String toString() {
            return "Made[keypair=%s]".formatted(keypair);
        }
    }

    /**
     * A keypair of this name, which is its public key's comment as well; of RSA or Ed25519.
     *
     * @param owner whose turn it takes
     */
    public Made make(AccountId owner, String name, KeypairType type) {
        NewKeypair.requireName(name);
        return crew.inTurn(owner.value(), () -> switch (type) {
            case RSA -> rsa(name);
            case ED25519 -> ed25519(name);
            case ECDSA_256, ECDSA_384, ECDSA_521 ->
                throw new IllegalStateException("BUG: no API makes keys of the type " + type.label());
        });
    }

    private static Made rsa(String name) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        KeyPair pair = generator.generateKeyPair();
        String digest = Fingerprints.sha1(pair.getPrivate().getEncoded());
        return made(name, KeypairType.RSA, pair, Optional.of(digest), "RSA PRIVATE KEY");
    }

    private static Made ed25519(String name) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return made(name, KeypairType.ED25519, pair, Optional.empty(), "OPENSSH PRIVATE KEY");
    }

    private static Made made(String name, KeypairType type, KeyPair pair, Optional<String> digest, String label) {
        try {
            AsymmetricKeyParameter shown =
                    PublicKeyFactory.createKey(pair.getPublic().getEncoded());
            AsymmetricKeyParameter secret =
                    PrivateKeyFactory.createKey(pair.getPrivate().getEncoded());
            String blob = Base64.getEncoder().encodeToString(OpenSSHPublicKeyUtil.encodePublicKey(shown));
            NewKeypair keypair = new NewKeypair(name, new PublicKey(type, blob, name), digest);
            return new Made(keypair, pem(label, OpenSSHPrivateKeyUtil.encodePrivateKey(secret)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String pem(String label, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject(label, content));
        }
        return text.toString().replace("\r\n", "\n");
    }
}
