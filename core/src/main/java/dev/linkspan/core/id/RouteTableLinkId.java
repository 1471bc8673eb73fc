package dev.linkspan.core.id;

import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Sentence;

/** Names a link of a route table to a Subnet or Net: {@code rtbassoc-} and hexadecimal digits. */
public record RouteTableLinkId(String value) implements ResourceId {

    public static final IdKind<RouteTableLinkId> KIND = new IdKind<>(
            "rtbassoc-", Sentence.of("a link of a route table to a Subnet or %s", Noun.NET), RouteTableLinkId::new);

    public RouteTableLinkId {
        IdKind.check("rtbassoc-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
