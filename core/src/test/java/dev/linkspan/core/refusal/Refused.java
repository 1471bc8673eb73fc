package dev.linkspan.core.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a call is refused. */
public final class Refused {

    private Refused() {}

    /** The call is refused with this code; its message can be looked at further. */
    public static AbstractStringAssert<?> assertRefused(RefusalCode code, ThrowingCallable call) {
        Refusal refusal = catchThrowableOfType(Refusal.class, call);
        assertThat(refusal).as("the call is refused").isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return assertThat(refusal.getMessage());
    }
}
