package dev.linkspan.server.api.session;

import dev.linkspan.core.id.SessionId;
import java.util.HashMap;
import java.util.Map;

/** The browser's side of a session: what it is called, and the headers that come with its requests. */
public final class SignedIn {

    private final SessionToken token;

    private SignedIn(SessionToken token) {
        this.token = token;
    }

    public static SignedIn draw() {
        return new SignedIn(SessionToken.draw());
    }

    public SessionId id() {
        return token.id();
    }

    /** @param more names and values in turn */
    public Map<String, String> headers(String... more) {
        Map<String, String> headers =
                new HashMap<>(Map.of("Cookie", token.cookie(false).replaceFirst(";.*", "")));
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }
}
