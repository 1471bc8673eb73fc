package dev.linkspan.server.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;

/** Writes a backup, row by row: only what has gone through {@link #end} is one. */
public final class BackupWriter implements RowSink<IOException> {

    private static final int BUFFER = 1 << 16;

    private final GZIPOutputStream compressed;
    private final DigestOutputStream digested;
    private final JsonGenerator json;
    private final SequencedMap<String, Long> rows = new LinkedHashMap<>();
    private String table = "";
    private long rowsOfTable;

    /** Begins with the manifest and the keys; the stream stays open at the end. */
    public BackupWriter(OutputStream out, Manifest manifest, KeyFiles keys) throws IOException {
        this.compressed = new GZIPOutputStream(out, BUFFER);
        this.digested = new DigestOutputStream(compressed, BackupFormat.digest());
        this.json = BackupFormat.JSON
                .createGenerator(ObjectWriteContext.empty(), digested)
                .configure(StreamWriteFeature.FLUSH_PASSED_TO_STREAM, false)
                .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false);
        line(() -> manifest(manifest));
        line(() -> json.writeStartObject()
                .writeStringProperty(BackupFormat.MASTER_KEY, keys.masterKey())
                .writeStringProperty(BackupFormat.ADMIN_TOKEN, keys.adminToken())
                .writeEndObject());
    }

    private void manifest(Manifest manifest) {
        json.writeStartObject()
                .writeStringProperty(BackupFormat.LINKSPAN, BackupFormat.KIND)
                .writeNumberProperty(BackupFormat.FORMAT, BackupFormat.VERSION)
                .writeNumberProperty(BackupFormat.SCHEMA, manifest.schema())
                .writeStringProperty(BackupFormat.MADE_BY, manifest.version())
                .writeStringProperty(BackupFormat.MADE_AT, manifest.madeAt().toString())
                .writeStringProperty(BackupFormat.STORE, manifest.store());
        numbers(BackupFormat.REGIONS, manifest.regions());
        json.writeEndObject();
    }

    @Override
    public void table(BackupTable next) throws IOException {
        endTable();
        table = next.name();
        line(() -> {
            json.writeStartObject().writeStringProperty(BackupFormat.TABLE, next.name());
            json.writeObjectPropertyStart(BackupFormat.COLUMNS);
            next.columns().forEach((column, type) -> json.writeStringProperty(column, type.word()));
            json.writeEndObject().writeEndObject();
        });
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        line(() -> {
            json.writeStartArray();
            for (@Nullable Object value : values) {
                switch (value) {
                    case null -> json.writeNull();
                    case String text -> json.writeString(text);
                    case Long number -> json.writeNumber(number);
                    default -> throw new IllegalStateException("BUG: a row has a " + value.getClass());
                }
            }
            json.writeEndArray();
        });
        rowsOfTable++;
    }

    private void endTable() {
        if (!table.isEmpty()) {
            rows.put(table, rowsOfTable);
            rowsOfTable = 0;
        }
    }

    /** Writes the trailer, which makes it whole. */
    public Totals end() throws IOException {
        endTable();
        flush();
        String digest = HexFormat.of().formatHex(digested.getMessageDigest().digest());
        line(() -> {
            json.writeStartObject().writeStringProperty(BackupFormat.END, BackupFormat.KIND);
            numbers(BackupFormat.ROWS, rows);
            json.writeStringProperty(BackupFormat.DIGEST, digest).writeEndObject();
        });
        flush();
        compressed.finish();
        compressed.flush();
        return new Totals(rows);
    }

    private void numbers(String property, Map<String, Long> numbers) {
        json.writeObjectPropertyStart(property);
        numbers.forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private void flush() throws IOException {
        attempt(json::flush);
    }

    private void line(Runnable content) throws IOException {
        attempt(() -> {
            content.run();
            json.writeRaw('\n');
        });
    }

    /** Jackson wraps what the stream throws. */
    private static void attempt(Runnable writing) throws IOException {
        try {
            writing.run();
        } catch (JacksonException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
        }
    }
}
