package dev.linkspan.core.net;

/** What a VM is doing. Linkspan's machines change state at once, so the states in between do not occur. */
public enum VmState {
    RUNNING("running", 16),
    /** Exists and keeps its addresses, but exchanges no packets. */
    STOPPED("stopped", 80),
    /** Gone; readable for an hour, without its NICs. */
    TERMINATED("terminated", 48);

    private final String label;
    private final int code;

    VmState(String label, int code) {
        this.label = label;
        this.code = code;
    }

    /** Its name in the APIs. */
    public String label() {
        return label;
    }

    /** Its number in the APIs. */
    public int code() {
        return code;
    }
}
