package dev.linkspan.core.operation;

import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.util.Optional;

/** By a token of the client's own a call that is repeated is recognised, and makes nothing twice. */
final class Tokens {

    private static final int LONGEST = 64;

    private Tokens() {}

    static void requireToken(String token) {
        if (token.isEmpty() || token.length() > LONGEST) {
            throw Refusal.badValue(Parameter.CLIENT_TOKEN, token, "1 to %d characters are expected", LONGEST);
        }
    }

    static void requireSame(boolean same, Optional<String> token, ResourceId made) {
        if (!same) {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "With the %s '%s' '%s' was made, of which something else was asked: another token is expected.",
                            Parameter.CLIENT_TOKEN,
                            token.orElse(""),
                            made.value())
                    .about(made);
        }
    }
}
