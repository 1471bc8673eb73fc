package dev.linkspan.core.internet;

/** What a NAT service is for. */
public enum NatConnectivity {
    /** Outside: a public address stands for its private one. */
    PUBLIC("public"),
    /** Other Nets alone; only the EC2 API makes such ones. */
    PRIVATE("private");

    private final String label;

    NatConnectivity(String label) {
        this.label = label;
    }

    /** Its name in the EC2 API. */
    public String label() {
        return label;
    }
}
