package dev.linkspan.cli.client;

/** What an account signs its calls with. */
public record AccessKey(String id, String secret) {

    /** Without the secret, so that it gets into no log. */
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
