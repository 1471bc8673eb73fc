package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a VM: {@code i-} and hexadecimal digits. */
public record VmId(String value) implements ResourceId {

    public static final IdKind<VmId> KIND = new IdKind<>("i-", Sentence.of("%s", Noun.A_VM), VmId::new);

    public VmId {
        IdKind.check("i-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
