package dev.linkspan.core.refusal;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;

/** Reads the ids that callers give. */
public final class Ids {

    private Ids() {}

    /**
     * Reads an id; refuses a wrong prefix (4104) and a malformed rest (4105).
     *
     * @param parameter the parameter that held it, for the message
     */
    public static <T extends ResourceId> T parse(IdKind<T> kind, String parameter, String text) {
        if (!text.startsWith(kind.prefix())) {
            throw Refusal.notAnId(
                    RefusalCode.ID_WITH_WRONG_PREFIX,
                    "The %s '%s' is not the id of a %s: it must begin with '%s'."
                            .formatted(parameter, text, kind.noun(), kind.prefix()),
                    kind);
        }
        return kind.tryParse(text)
                .orElseThrow(() -> Refusal.notAnId(
                        RefusalCode.ID_MALFORMED,
                        "The %s '%s' is malformed: after '%s', 8 or 17 of the digits 0-9 a-f are expected."
                                .formatted(parameter, text, kind.prefix()),
                        kind));
    }
}
