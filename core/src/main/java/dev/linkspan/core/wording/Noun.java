package dev.linkspan.core.wording;

/** A kind of resource, as sentences speak of one or of some. */
public enum Noun implements Term {
    AN_INTERNET_SERVICE("an internet service"),
    A_VM("a VM"),
    KEYPAIR("keypair"),
    KEYPAIRS("keypairs"),
    NET("Net"),
    NIC("NIC"),
    NICS("NICs"),
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
