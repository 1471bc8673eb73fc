package dev.linkspan.core.refusal;

import dev.linkspan.core.id.IdKind;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.wording.Sentence;
import dev.linkspan.core.wording.Term;
import dev.linkspan.core.wording.Verbatim;
import java.util.Optional;

/**
 * A call is not carried out, for a reason that its caller may know and can act on. It leaves everything as it was. Each
 * API renders it in its own words and codes; what is not a Refusal is a bug.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final RefusalCode code;
    private final transient Sentence sentence;
    private final transient Optional<ResourceId> subject;
    private final transient Optional<IdKind<?>> expected;

    /**
     * @param template as of {@link String#formatted}, where there are arguments; else the text itself
     * @param arguments terms and sentences, which each API says in its own words, and what is the same in all of them
     */
    public Refusal(RefusalCode code, String template, Object... arguments) {
        this(code, Sentence.of(template, arguments), Optional.empty(), Optional.empty());
    }

    private Refusal(RefusalCode code, Sentence sentence, Optional<ResourceId> subject, Optional<IdKind<?>> expected) {
        super(sentence.toString(), null, false, false);
        this.code = code;
        this.sentence = sentence;
        this.subject = subject;
        this.expected = expected;
    }

    /** The same refusal, which is about this resource. */
    public Refusal about(ResourceId resource) {
        return new Refusal(code, sentence, Optional.of(resource), expected);
    }

    /** The id in this parameter names nothing that the caller may see (A4). */
    public static Refusal unknown(Term parameter, ResourceId id) {
        return new Refusal(RefusalCode.UNKNOWN_ID, "The %s '%s' doesn't exist.", parameter, id.value()).about(id);
    }

    /** Like {@link #unknown(Term, ResourceId)}, in the words of the API that the call came by. */
    public static Refusal unknown(String parameter, ResourceId id) {
        return unknown(new Verbatim(parameter), id);
    }

    /** This refusal of what should be the id of that kind: its prefix is wrong (4104), or the rest is (4105). */
    Refusal expecting(IdKind<?> kind) {
        return new Refusal(code, sentence, subject, Optional.of(kind));
    }

    /** The value of this parameter is readable but cannot be used (4045). */
    public static Refusal badValue(Term parameter, Object value, String accepted, Object... arguments) {
        return new Refusal(
                RefusalCode.BAD_VALUE,
                "The value '%s' of %s is not accepted: %s.",
                value,
                parameter,
                Sentence.of(accepted, arguments));
    }

    /** Like {@link #badValue(Term, Object, String, Object...)}, in the words of the API that the call came by. */
    public static Refusal badValue(String parameter, Object value, String accepted, Object... arguments) {
        return badValue(new Verbatim(parameter), value, accepted, arguments);
    }

    /** The value of this parameter cannot be read as what it should be: a CIDR, an address, one of some words (4047). */
    public static Refusal malformed(Term parameter, Object value, String accepted, Object... arguments) {
        return new Refusal(
                RefusalCode.MALFORMED_VALUE,
                "The value '%s' of %s is malformed: %s.",
                value,
                parameter,
                Sentence.of(accepted, arguments));
    }

    /** Like {@link #malformed(Term, Object, String, Object...)}, in the words of the API that the call came by. */
    public static Refusal malformed(String parameter, Object value, String accepted, Object... arguments) {
        return malformed(new Verbatim(parameter), value, accepted, arguments);
    }

    public RefusalCode code() {
        return code;
    }

    /** What is told to the caller. */
    public Sentence sentence() {
        return sentence;
    }

    /** The resource that the refusal is about, where it is about one. */
    public Optional<ResourceId> subject() {
        return subject;
    }

    /** What the text should have been the id of, where it was none. */
    public Optional<IdKind<?>> expected() {
        return expected;
    }

    /** The sentence in the core's own words. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
