package dev.linkspan.server.api.ec2;

import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import java.util.Optional;

/** An attribute as EC2 wraps it, in answers and in requests; without a value where it has none. */
record AttributeValue(Optional<?> value) {

    static final AttributeValue NONE = new AttributeValue(Optional.empty());

    static AttributeValue of(Object value) {
        return new AttributeValue(Optional.of(value));
    }

    record TextRequest(String value) {}

    record FlagRequest(boolean value) {}

    /** Refuses a call that changes no attribute, or several. */
    static void requireOne(long given, String accepted) {
        if (given == 0) {
            throw new Refusal(
                    RefusalCode.MISSING_PARAMETER,
                    "An attribute that is to be changed is required, one of %s.",
                    accepted);
        }
        if (given > 1) {
            throw new Refusal(
                    RefusalCode.PARAMETER_COMBINATION, "One attribute is changed by a call, and %d are given.", given);
        }
    }
}
