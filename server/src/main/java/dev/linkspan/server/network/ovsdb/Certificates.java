package dev.linkspan.server.network.ovsdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a client shows and trusts on {@code ssl:}, in PEM files, as the tools of Open vSwitch take them. A server is trusted for
 * the authority that has signed its certificate, whatever its name: those of ovs-pki(8) name no host.
 *
 * @param privateKey PKCS #8, not encrypted
 * @param certificate its own, with those between it and the authority
 * @param authority which must have signed the server's
 */
public record Certificates(Path privateKey, Path certificate, Path authority) {

    private static final char[] NO_PASSWORD = {};
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    /** Throws {@link IllegalArgumentException} that says what of them cannot be used, if anything. */
    public void requireUsable() {
        socketFactory();
    }

    /** Throws {@link IllegalArgumentException} that names the file which cannot be used. */
    SSLSocketFactory socketFactory() {
        try {
            KeyStore own = emptyStore();
            own.setKeyEntry("own", readKey(), NO_PASSWORD, read(certificate).toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            KeyStore trusted = emptyStore();
            int number = 0;
            for (Certificate it : read(authority)) {
                trusted.setCertificateEntry("authority" + number++, it);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalArgumentException(
                    "the certificates cannot be used: %s".formatted(broken.getMessage()), broken);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> read(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("%s holds no certificate".formatted(file));
            }
            return certificates;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("%s cannot be read".formatted(file), unreadable);
        }
    }

    private PrivateKey readKey() throws GeneralSecurityException, IOException {
        String pem = Files.readString(privateKey);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END PRIVATE KEY-----");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "%s holds no key in PKCS #8; openssl pkcs8 -topk8 -nocrypt makes one of others"
                            .formatted(privateKey));
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException another) {
                // The file does not say of which kind it is: the next one may be right.
            }
        }
        throw new IllegalArgumentException("%s holds a key of an unknown kind".formatted(privateKey));
    }
}
