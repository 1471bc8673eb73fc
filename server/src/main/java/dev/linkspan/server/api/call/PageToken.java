package dev.linkspan.server.api.call;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;

/** The place where a page ended, as a client gives it back: opaque to it, and holding all that the server needs. */
public final class PageToken {

    private PageToken() {}

    /** @param list which list it goes on with: a token of one call is none of another */
    public static String after(String list, Position position) {
        return Base64.getEncoder().encodeToString((list + "\n" + position.key()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param places which places there can be in this list
     * @throws Refusal if the token is none that this list has answered (4117)
     */
    public static Position read(String list, String token, Predicate<Position> places) {
        String prefix = list + "\n";
        String text = decoded(token);
        if (!text.startsWith(prefix)) {
            throw bad(token);
        }
        Position position = new Position(text.substring(prefix.length()));
        if (!after(list, position).equals(token) || !places.test(position)) {
            throw bad(token);
        }
        return position;
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw bad(token);
        }
    }

    private static Refusal bad(String token) {
        String shown = token.length() <= 100 ? token : token.substring(0, 100) + "...";
        return new Refusal(
                RefusalCode.PAGE_TOKEN,
                "The %s '%s' is not one that this call has answered.",
                Parameter.NEXT_PAGE,
                shown);
    }
}
