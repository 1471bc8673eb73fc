package dev.linkspan.server;

import dev.linkspan.core.id.AccessKeyId;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.port.Credentials;
import java.security.SecureRandom;

/** Credentials from the machine's random source, in the forms that clients know. */
final class RandomCredentials implements Credentials {

    private static final String DIGITS = "0123456789";
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String SESSION_KEY = "ASIA";
    private static final int ID_LENGTH = 20;
    private static final int SECRET_LENGTH = 40;
    private static final int ACCOUNT_LENGTH = 12;

    private final SecureRandom random = new SecureRandom();

    @Override
    public AccountId newAccountId() {
        return new AccountId(text(DIGITS, ACCOUNT_LENGTH));
    }

    @Override
    public AccessKeyId newAccessKeyId() {
        return new AccessKeyId(text(LETTERS_AND_DIGITS, ID_LENGTH));
    }

    @Override
    public AccessKeyId newSessionKeyId() {
        return new AccessKeyId(SESSION_KEY + text(LETTERS_AND_DIGITS, ID_LENGTH - SESSION_KEY.length()));
    }

    /** 40 of 36 characters: over 200 bits. */
    @Override
    public String newSecret() {
        return text(LETTERS_AND_DIGITS, SECRET_LENGTH);
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
