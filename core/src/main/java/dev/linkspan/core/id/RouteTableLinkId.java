package dev.linkspan.core.id;

/** Names a link of a route table to a Subnet or Net: {@code rtbassoc-} and hexadecimal digits. */
public record RouteTableLinkId(String value) implements ResourceId {

    public static final IdKind<RouteTableLinkId> KIND =
            new IdKind<>("rtbassoc-", "link of a route table to a Subnet or Net", RouteTableLinkId::new);

    public RouteTableLinkId {
        IdKind.check("rtbassoc-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
