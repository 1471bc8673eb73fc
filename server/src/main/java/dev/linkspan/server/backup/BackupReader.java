package dev.linkspan.server.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup, row by row. What it has handed on counts only when {@link #read} comes to its end: the trailer is what
 * shows that the file is whole.
 */
public final class BackupReader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final LineReader lines;
    private final MessageDigest digest = BackupFormat.digest();
    private final Manifest manifest;
    private final KeyFiles keys;

    private BackupReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
        this.lines = new LineReader(in);
        this.manifest = readManifest();
        this.keys = readKeys();
    }

    /** Opens it and reads what it says about itself; throws {@link UnusableBackup} where it is none, or too new. */
    public static BackupReader open(Path file) {
        try {
            InputStream raw = Files.newInputStream(file);
            try {
                return new BackupReader(file, new GZIPInputStream(raw, BUFFER));
            } catch (IOException | RuntimeException e) {
                raw.close();
                throw e;
            }
        } catch (ZipException | EOFException notGzip) {
            throw new UnusableBackup("%s is not a backup of Linkspan's.".formatted(file), notGzip);
        } catch (IOException unreadable) {
            throw new UnusableBackup(
                    "The backup cannot be read: %s.".formatted(FileProblem.text(unreadable)), unreadable);
        }
    }

    private Manifest readManifest() {
        try {
            JsonLine said = JsonLine.object(digested(nextLine()));
            if (!said.text(BackupFormat.LINKSPAN).equals(BackupFormat.KIND)) {
                throw new IOException("of another kind");
            }
            requireKnownFormat(said);
            return new Manifest(
                    Math.toIntExact(said.number(BackupFormat.SCHEMA)),
                    said.text(BackupFormat.MADE_BY),
                    Instant.parse(said.text(BackupFormat.MADE_AT)),
                    said.text(BackupFormat.STORE),
                    said.numbers(BackupFormat.REGIONS));
        } catch (IOException | DateTimeException | ArithmeticException foreign) {
            throw new UnusableBackup(
                    "%s is not a backup of Linkspan's (%s).".formatted(file, foreign.getMessage()), foreign);
        }
    }

    private void requireKnownFormat(JsonLine manifest) throws IOException {
        long format = manifest.number(BackupFormat.FORMAT);
        if (format != BackupFormat.VERSION) {
            throw new UnusableBackup(
                    "%s was made by Linkspan %s in format %d, and this version reads format %d. Restore it with that version."
                            .formatted(file, manifest.text(BackupFormat.MADE_BY), format, BackupFormat.VERSION));
        }
    }

    private KeyFiles readKeys() {
        try {
            JsonLine said = JsonLine.object(digested(nextLine()));
            return new KeyFiles(said.text(BackupFormat.MASTER_KEY), said.text(BackupFormat.ADMIN_TOKEN));
        } catch (IOException broken) {
            throw damaged(broken);
        }
    }

    /** What the file says about itself; not to be relied upon before {@link #read} has come to its end. */
    public Manifest manifest() {
        return manifest;
    }

    public KeyFiles keys() {
        return keys;
    }

    /** Hands every row on, and throws {@link UnusableBackup} where the file turns out not to be whole. Only once. */
    public <E extends Exception> Totals read(RowSink<E> sink) throws E {
        SequencedMap<String, Long> rows = new LinkedHashMap<>();
        Optional<BackupTable> table = Optional.empty();
        while (true) {
            byte[] line = undamaged(this::nextLine);
            if (table.isPresent() && line[0] == '[') {
                BackupTable current = table.get();
                sink.row(undamaged(() -> row(current, digested(line))));
                rows.merge(current.name(), 1L, Long::sum);
                continue;
            }
            JsonLine said = undamaged(() -> JsonLine.object(line));
            if (said.has(BackupFormat.END)) {
                return undamaged(() -> whole(said, rows));
            }
            digested(line);
            BackupTable next = undamaged(() -> table(said, rows));
            rows.put(next.name(), 0L);
            sink.table(next);
            table = Optional.of(next);
        }
    }

    private static BackupTable table(JsonLine said, Map<String, Long> before) throws IOException {
        String name = said.text(BackupFormat.TABLE);
        if (before.containsKey(name)) {
            throw new IOException("the table %s is there twice".formatted(name));
        }
        SequencedMap<String, ColumnType> columns = new LinkedHashMap<>();
        for (Map.Entry<String, String> column : said.texts(BackupFormat.COLUMNS).entrySet()) {
            columns.put(
                    column.getKey(),
                    ColumnType.of(column.getValue())
                            .orElseThrow(() -> new IOException("%s.%s has the unknown type '%s'"
                                    .formatted(name, column.getKey(), column.getValue()))));
        }
        return new BackupTable(name, columns);
    }

    private static @Nullable Object[] row(BackupTable table, byte[] line) throws IOException {
        @Nullable Object[] values = JsonLine.row(line);
        if (values.length != table.columns().size()) {
            throw new IOException("a row of %s has %d values for %d columns"
                    .formatted(table.name(), values.length, table.columns().size()));
        }
        int at = 0;
        for (Map.Entry<String, ColumnType> column : table.columns().entrySet()) {
            Object value = values[at++];
            if (value != null && !column.getValue().accepts(value)) {
                throw new IOException("%s.%s is not a %s"
                        .formatted(
                                table.name(), column.getKey(), column.getValue().word()));
            }
        }
        return values;
    }

    private Totals whole(JsonLine trailer, SequencedMap<String, Long> rows) throws IOException {
        if (!trailer.numbers(BackupFormat.ROWS).equals(rows)) {
            throw new IOException("it has other rows than its trailer says");
        }
        if (!trailer.text(BackupFormat.DIGEST).equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new IOException("its SHA-256 is not what its trailer says");
        }
        if (lines.next().isPresent()) {
            throw new IOException("it goes on behind its end");
        }
        return new Totals(rows);
    }

    private byte[] nextLine() throws IOException {
        return lines.next().orElseThrow(() -> new EOFException("it ends before its trailer"));
    }

    private byte[] digested(byte[] line) {
        digest.update(line);
        return line;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Whatever goes wrong in reading is damage; what goes wrong in the sink is not. */
    private <T> T undamaged(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException broken) {
            throw damaged(broken);
        }
    }

    private UnusableBackup damaged(IOException broken) {
        return new UnusableBackup(
                "%s is damaged or not complete (%s): nothing of it was restored. Use another backup."
                        .formatted(file, broken.getMessage()),
                broken);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
