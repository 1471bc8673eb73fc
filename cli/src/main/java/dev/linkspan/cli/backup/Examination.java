package dev.linkspan.cli.backup;

import dev.linkspan.cli.client.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a backup to its end and compares it with its trailer: the number of rows and the SHA-256 of all lines before. A
 * row is a line that begins with a bracket. Whether a server understands the rows is for {@code restore} to say.
 */
public final class Examination {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 16 << 20;
    private static final int TOLD_EVERY = 1000;
    private static final byte[] TRAILER = {'{', '"', 'e', 'n', 'd', '"'};

    private final InputStream in;
    private final LongConsumer progress;
    private final MessageDigest digest;
    private long rows;

    private Examination(InputStream in, LongConsumer progress) {
        this.in = in;
        this.progress = progress;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * Throws an IOException that says what is wrong where it is no backup, or not all of one.
     *
     * @param progress is told now and then how many rows were read
     */
    public static CompleteBackup of(InputStream backup, LongConsumer progress) throws IOException {
        try {
            GZIPInputStream plain = new GZIPInputStream(backup, BUFFER);
            return new Examination(new BufferedInputStream(plain, BUFFER), progress).whole();
        } catch (EOFException cutShort) {
            throw new IOException("the backup is cut short", cutShort);
        } catch (ZipException foreign) {
            throw new IOException("it is not a backup of Linkspan's, or damaged: " + foreign.getMessage(), foreign);
        }
    }

    private CompleteBackup whole() throws IOException {
        byte[] line = line();
        JsonNode manifest = json(line);
        if (!manifest.path("linkspan").asString("").equals("backup")) {
            throw new IOException("it is not a backup of Linkspan's");
        }
        while (!isTrailer(line)) {
            digest.update(line);
            if (line[0] == '[' && ++rows % TOLD_EVERY == 0) {
                progress.accept(rows);
            }
            line = line();
        }
        compare(json(line));
        if (in.read() >= 0) {
            throw new IOException("the backup goes on behind its end");
        }
        return new CompleteBackup(manifest, rows);
    }

    private void compare(JsonNode trailer) throws IOException {
        long told =
                trailer.path("rows").valueStream().mapToLong(JsonNode::asLong).sum();
        if (told != rows) {
            throw new IOException("the backup has %,d rows, and its trailer says %,d".formatted(rows, told));
        }
        if (!HexFormat.of()
                .formatHex(digest.digest())
                .equals(trailer.path("sha256").asString(""))) {
            throw new IOException("the backup is damaged: its SHA-256 is not what its trailer says");
        }
    }

    private static boolean isTrailer(byte[] line) {
        return line.length > TRAILER.length && Arrays.equals(line, 0, TRAILER.length, TRAILER, 0, TRAILER.length);
    }

    private static JsonNode json(byte[] line) throws IOException {
        try {
            return Json.parse(line);
        } catch (JacksonException broken) {
            throw new IOException("it is not a backup of Linkspan's, or damaged", broken);
        }
    }

    /** The next one, with its line feed. */
    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException();
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("it is not a backup of Linkspan's: a line is too long");
            }
            line.write(next);
            next = in.read();
        }
        line.write(next);
        return line.toByteArray();
    }
}
