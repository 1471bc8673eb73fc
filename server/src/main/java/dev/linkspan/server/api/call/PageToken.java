package dev.linkspan.server.api.call;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place where a page ended, as a client gives it back: opaque to it, and holding all that the server needs. */
public final class PageToken {

    private PageToken() {}

    /** @param list which list it goes on with: a token of one call is none of another */
    public static String after(String list, Position position) {
        return Base64.getEncoder().encodeToString((list + "\n" + position.key()).getBytes(StandardCharsets.UTF_8));
    }

    public static Position read(String list, String token) {
        String prefix = list + "\n";
        String text = decoded(token);
        if (!text.startsWith(prefix)
                || !after(list, new Position(text.substring(prefix.length()))).equals(token)) {
            throw bad(token);
        }
        return new Position(text.substring(prefix.length()));
    }

    /** What to throw where a token that was read holds a place that nothing in this list can have. */
    public static Refusal refused(String list, Position position) {
        return bad(after(list, position));
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
                RefusalCode.PAGE_TOKEN, "The NextPageToken '%s' is not one that this call has answered.", shown);
    }
}
