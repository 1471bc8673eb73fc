package dev.linkspan.core.refusal;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;

/** Reads the ids that callers give. */
public final class Ids {

    private Ids() {}

    /** Like {@link #parse(IdKind, Term, String)}, in the words of the API that the call came by. */
    public static <T extends ResourceId> T parse(IdKind<T> kind, String parameter, String text) {
        return parse(kind, new Verbatim(parameter), text);
    }

    /**
     * Reads an id; refuses a wrong prefix (4104) and a malformed rest (4105).
     *
     * @param parameter the parameter that held it, for the message
     */
    public static <T extends ResourceId> T parse(IdKind<T> kind, Term parameter, String text) {
        if (!text.startsWith(kind.prefix())) {
            throw new Refusal(
                            RefusalCode.ID_WITH_WRONG_PREFIX,
                            "The %s '%s' is not the id of %s: it must begin with '%s'.",
                            parameter,
                            text,
                            kind.noun(),
                            kind.prefix())
                    .expecting(kind);
        }
        return kind.tryParse(text)
                .orElseThrow(() -> new Refusal(
                                RefusalCode.ID_MALFORMED,
                                "The %s '%s' is malformed: after '%s', 8 or 17 of the digits 0-9 a-f are expected.",
                                parameter,
                                text,
                                kind.prefix())
                        .expecting(kind));
    }
}
