package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a host, to the operator alone: {@code host-} and hexadecimal digits. */
public record HostId(String value) implements ResourceId {

    public static final IdKind<HostId> KIND = new IdKind<>("host-", Sentence.of("a host"), HostId::new);

    public HostId {
        IdKind.check("host-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
