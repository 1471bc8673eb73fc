package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a Subnet: {@code subnet-} and hexadecimal digits. */
public record SubnetId(String value) implements ResourceId {

    public static final IdKind<SubnetId> KIND = new IdKind<>("subnet-", Sentence.of("a Subnet"), SubnetId::new);

    public SubnetId {
        IdKind.check("subnet-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
