package dev.linkspan.server.api.session;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Sentence;
import dev.linkspan.server.api.BoundedExecutor;
import dev.linkspan.server.turn.RecentActivity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes of a password what may be kept of it, with Argon2id (RFC 9106), and compares. That takes memory and a processor for
 * a while, on purpose; so that many who sign in at once do not take the machine, few are served at a time, some wait, and
 * the others are refused.
 */
public final class PasswordHashes {

    /** The shortest password that is accepted, in characters (NIST SP 800-63B, 5.1.1.2). */
    public static final int SHORTEST = 8;

    /** The longest one, in characters. */
    public static final int LONGEST = 256;

    /** Of the settings that OWASP's Password Storage Cheat Sheet gives for Argon2id, the one that takes 19 MiB. */
    private static final Cost COST = new Cost(19 * 1024, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** With the memory that each takes, a third of the heap at most. */
    private static final int MOST_AT_ONCE = 4;

    /** The PHC string format, as every implementation of Argon2 writes it. */
    private static final Pattern FORM =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** Compared with where there is no account, so that this takes as long: no password is known to give it. */
    private static final String NOBODYS =
            "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3MgaGFzaCE$" + "bm8gcGFzc3dvcmQgaXMga25vd24gdG8gZ2l2ZSB0aGk";

    private final SecureRandom random = new SecureRandom();
    private final BoundedExecutor crew = new BoundedExecutor(
            "password",
            MOST_AT_ONCE,
            Sentence.of("Too many are signing in at this moment. Try again in some seconds."),
            new RecentActivity());

    private record Cost(int memoryKib, int iterations, int lanes) {}

    /**
     * Refused where the password is too short or too long; no message ever holds one.
     *
     * @param whose whose turn it takes
     */
    public String hash(String whose, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new Refusal(
                    RefusalCode.BAD_VALUE,
                    "The value of Password is not accepted: %d to %d characters are expected, and it has %d.",
                    SHORTEST,
                    LONGEST,
                    length);
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = crew.inTurn(whose, () -> argon2id(password, salt, COST, HASH_BYTES));
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(COST.memoryKib(), COST.iterations(), COST.lanes(), encoded(salt), encoded(hash));
    }

    /**
     * Whether the hash is one of this password; takes as long if it is not.
     *
     * @param whose whose turn it takes: the address that it came from
     */
    public boolean matches(String whose, String password, String hash) {
        Matcher parts = FORM.matcher(hash);
        if (!parts.matches()) {
            throw new IllegalStateException("BUG: what is kept of a password is no hash of Argon2id");
        }
        Cost cost = new Cost(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        boolean acceptable = password.length() <= 2 * LONGEST;
        byte[] given = crew.inTurn(whose, () -> argon2id(acceptable ? password : "", salt, cost, expected.length));
        return MessageDigest.isEqual(given, expected) && acceptable;
    }

    /** Takes as long as a comparison, and is none. */
    public void pretend(String whose, String password) {
        matches(whose, password, NOBODYS);
    }

    private static byte[] argon2id(String password, byte[] salt, Cost cost, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(typed(password), hash);
        return hash;
    }

    /** Keyboards give the same letter in more than one form (RFC 8265, 4.2.2). */
    private static byte[] typed(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
