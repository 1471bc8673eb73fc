package dev.linkspan.core.refusal;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import java.util.Optional;

/**
 * A call is not carried out, for a reason that its caller may know and can act on. It leaves everything as it was. Each
 * API renders it in its own words and codes; what is not a Refusal is a bug.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final RefusalCode code;
    private final transient Optional<ResourceId> subject;
    private final transient Optional<IdKind<?>> expected;

    public Refusal(RefusalCode code, String message) {
        this(code, message, Optional.empty(), Optional.empty());
    }

    public Refusal(RefusalCode code, String message, ResourceId subject) {
        this(code, message, Optional.of(subject), Optional.empty());
    }

    private Refusal(RefusalCode code, String message, Optional<ResourceId> subject, Optional<IdKind<?>> expected) {
        super(message, null, false, false);
        this.code = code;
        this.subject = subject;
        this.expected = expected;
    }

    /** The id in this parameter names nothing that the caller may see (A4). */
    public static Refusal unknown(String parameter, ResourceId id) {
        return new Refusal(RefusalCode.UNKNOWN_ID, "The %s '%s' doesn't exist.".formatted(parameter, id.value()), id);
    }

    /** The text is not the id of this kind that it should be: its prefix is wrong (4104), or the rest is (4105). */
    public static Refusal notAnId(RefusalCode code, String message, IdKind<?> expected) {
        return new Refusal(code, message, Optional.empty(), Optional.of(expected));
    }

    /** The value of this parameter is readable but cannot be used (4045). */
    public static Refusal badValue(String parameter, Object value, String accepted) {
        return new Refusal(
                RefusalCode.BAD_VALUE,
                "The value '%s' of %s is not accepted: %s.".formatted(value, parameter, accepted));
    }

    /** The value of this parameter cannot be read as what it should be: a CIDR, an address, one of some words (4047). */
    public static Refusal malformed(String parameter, Object value, String accepted) {
        return new Refusal(
                RefusalCode.MALFORMED_VALUE,
                "The value '%s' of %s is malformed: %s.".formatted(value, parameter, accepted));
    }

    public RefusalCode code() {
        return code;
    }

    /** The resource that the refusal is about, where it is about one. */
    public Optional<ResourceId> subject() {
        return subject;
    }

    /** What the text should have been the id of, where it was none. */
    public Optional<IdKind<?>> expected() {
        return expected;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
