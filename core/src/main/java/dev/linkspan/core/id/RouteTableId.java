package dev.linkspan.core.id;

/** Names a route table: {@code rtb-} and hexadecimal digits. */
public record RouteTableId(String value) implements ResourceId {

    public static final IdKind<RouteTableId> KIND = new IdKind<>("rtb-", "route table", RouteTableId::new);

    public RouteTableId {
        IdKind.check("rtb-", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
