package dev.linkspan.core.id;

import dev.linkspan.core.wording.Sentence;

/** Names a route table: {@code rtb-} and hexadecimal digits. */
public record RouteTableId(String value) implements ResourceId {

    public static final IdKind<RouteTableId> KIND =
            new IdKind<>("rtb-", Sentence.of("a route table"), RouteTableId::new);

    public RouteTableId {
        IdKind.check("rtb-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
