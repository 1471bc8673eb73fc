package dev.linkspan.server.network.netns;

/**
 * What a router has links to. In the kernel the name of a link begins with a letter of its kind, so that the packet filter
 * tells one from the other by a comparison, where a set of links would have to be searched.
 */
enum LinkKind {
    NIC("v"),
    PEERING("p"),
    EXIT("x"),
    NAT("n"),

    /** What would be an answer to what an appliance passed on leaves by it, and comes in again by the next. */
    BYPASS("b"),
    REENTRY("r");

    private final String letter;

    LinkKind(String letter) {
        this.letter = letter;
    }

    /** The name of the link of this kind with these digits; interface names have at most 15 characters. */
    String name(String digits) {
        return letter + digits;
    }

    /** What the names of all links of this kind match, and of no other, in the language of nft(8). */
    String pattern() {
        return "\"" + letter + "*\"";
    }
}
