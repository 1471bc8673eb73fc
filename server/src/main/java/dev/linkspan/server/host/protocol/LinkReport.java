package dev.linkspan.server.host.protocol;

import dev.linkspan.core.id.NicId;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.server.api.json.OneOf;
import dev.linkspan.server.api.json.Required;
import java.util.Locale;

/**
 * How a NIC's link is on its host.
 *
 * @param state the {@link LinkState} in small letters
 */
public record LinkReport(
        @Required NicId nicId,
        @Required @OneOf({"up", "down", "missing"}) String state) {

    /** Of a NIC whose link is in this state. */
    public static LinkReport of(NicId nic, LinkState state) {
        return new LinkReport(nic, state.name().toLowerCase(Locale.ROOT));
    }

    /** The state; throws a Refusal where the text is none. */
    public LinkState parsed() {
        return switch (state) {
            case "up" -> LinkState.UP;
            case "down" -> LinkState.DOWN;
            case "missing" -> LinkState.MISSING;
            default -> throw Refusal.malformed("State", state, "one of up, down, missing is expected");
        };
    }
}
