package dev.linkspan.core.account;

import dev.linkspan.core.id.AccountId;
import java.util.regex.Pattern;

/**
 * A name under which other accounts may act as an account.
 *
 * @param account whom they act as
 * @param name 1 to 64 letters, digits and some signs, as the AWS IAM User Guide has them
 */
public record Role(AccountId account, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");

    public Role {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a role: 1 to 64 letters, digits and _+=,.@- are expected".formatted(name));
        }
    }

    @Override
    public String toString() {
        return account + "/" + name;
    }
}
