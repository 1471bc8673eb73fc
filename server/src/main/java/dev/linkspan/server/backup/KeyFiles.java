package dev.linkspan.server.backup;

/**
 * What is in the data folder's files {@code master.key}, which the secrets in the database are encrypted with, and {@code
 * admin.token}.
 */
public record KeyFiles(String masterKey, String adminToken) {

    /** Says nothing, so that no log or message ever tells them. */
    @Override
    public String toString() {
        return "KeyFiles[...]";
    }
}
