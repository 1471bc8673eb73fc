package dev.linkspan.core.wording;

/** A kind of resource, as sentences speak of one or of some. */
public enum Noun implements Term {
    A_PUBLIC_IP("a public IP"),
    A_VM("a VM"),
    INTERNET_SERVICE("internet service"),
    INTERNET_SERVICES("internet services"),
    KEYPAIR("keypair"),
    KEYPAIRS("keypairs"),
    NAT_SERVICE("NAT service"),
    NAT_SERVICES("NAT services"),
    NET("Net"),
    NETS("Nets"),
    NIC("NIC"),
    NICS("NICs"),
    PUBLIC_IP("public IP"),
    PUBLIC_IPS("public IPs"),
    SUBREGION("Subregion"),
    VM("VM"),
    VMS("VMs");

    private final String word;

    Noun(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
