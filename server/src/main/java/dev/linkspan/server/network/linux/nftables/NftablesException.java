package dev.linkspan.server.network.linux.nftables;

/** Commands that nftables refused, so that none of them was carried out. */
public final class NftablesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String commands;

    NftablesException(String reason, String commands) {
        super(reason.strip());
        this.commands = commands;
    }

    /** Everything that was to be carried out; the message shows the line that was refused. */
    public String commands() {
        return commands;
    }
}
