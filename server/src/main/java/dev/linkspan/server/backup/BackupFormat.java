package dev.linkspan.server.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tools.jackson.core.json.JsonFactory;

/** The words that writer and reader of a backup share. */
final class BackupFormat {

    /** Rises when an older reader would not understand what is written. */
    static final int VERSION = 1;

    static final String KIND = "backup";

    static final String LINKSPAN = "linkspan";
    static final String FORMAT = "format";
    static final String SCHEMA = "schema";
    static final String MADE_BY = "version";
    static final String MADE_AT = "time";
    static final String STORE = "store";
    static final String REGIONS = "regions";

    static final String MASTER_KEY = "master.key";
    static final String ADMIN_TOKEN = "admin.token";

    static final String TABLE = "table";
    static final String COLUMNS = "columns";

    static final String END = "end";
    static final String ROWS = "rows";
    static final String DIGEST = "sha256";

    static final JsonFactory JSON = JsonFactory.builder().rootValueSeparator("").build();

    private BackupFormat() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("BUG: every Java has SHA-256", impossible);
        }
    }
}
