package dev.linkspan.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.Slow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Slow
class BackupReaderTest {

    private static final Manifest MANIFEST = new Manifest(
            3, "1.2.3", Instant.parse("2026-11-22T18:44:49.123Z"), "SQLite", new TreeMap<>(Map.of("eu-west-2", 7L)));
    private static final KeyFiles KEYS = new KeyFiles("the master key", "the admin token");

    @TempDir
    private Path temporary;

    /** What a backup holds, as text. */
    private static final class Seen implements RowSink<RuntimeException> {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void table(BackupTable table) {
            lines.add(table.name() + table.columns());
        }

        @Override
        public void row(@Nullable Object[] values) {
            lines.add(Arrays.toString(values));
        }
    }

    private static BackupTable table(String name) {
        SequencedMap<String, ColumnType> columns = new LinkedHashMap<>();
        columns.put("id", ColumnType.TEXT);
        columns.put("amount", ColumnType.BIGINT);
        return new BackupTable(name, columns);
    }

    private static byte[] backup() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BackupWriter writer = new BackupWriter(out, MANIFEST, KEYS);
            writer.table(table("first"));
            writer.row(new @Nullable Object[] {"a\nb \uD83D\uDC08 \"", Long.MIN_VALUE});
            writer.row(new @Nullable Object[] {null, null});
            writer.table(table("empty"));
            writer.table(table("last"));
            writer.row(new @Nullable Object[] {"", 0L});
            assertThat(writer.end().rows())
                    .containsExactly(Map.entry("first", 2L), Map.entry("empty", 0L), Map.entry("last", 1L));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(temporary.resolve("linkspan.backup"), content);
    }

    private List<String> read(byte[] content) throws IOException {
        try (BackupReader reader = BackupReader.open(file(content))) {
            Seen seen = new Seen();
            reader.read(seen);
            return seen.lines;
        }
    }

    private static String plain(byte[] backup) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(backup))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** These lines with a trailer that has their SHA-256, as somebody would make it who means to deceive. */
    private static byte[] signed(String lines, String trailer) throws IOException {
        String digest = HexFormat.of().formatHex(BackupFormat.digest().digest(lines.getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write((lines + trailer.replace("DIGEST", digest)).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void what_was_written_is_read() throws IOException {
        assertThat(read(backup()))
                .containsExactly(
                        "first{id=TEXT, amount=BIGINT}",
                        "[a\nb \uD83D\uDC08 \", -9223372036854775808]",
                        "[null, null]",
                        "empty{id=TEXT, amount=BIGINT}",
                        "last{id=TEXT, amount=BIGINT}",
                        "[, 0]");
        try (BackupReader reader = BackupReader.open(file(backup()))) {
            assertThat(reader.manifest()).isEqualTo(MANIFEST);
            assertThat(reader.keys()).isEqualTo(KEYS);
        }
    }

    @Test
    void the_digest_can_be_checked_by_hand() throws IOException {
        String text = plain(backup());
        int trailer = text.lastIndexOf('\n', text.length() - 2) + 1;
        byte[] before = text.substring(0, trailer).getBytes(StandardCharsets.UTF_8);

        assertThat(text.substring(trailer))
                .contains(HexFormat.of().formatHex(BackupFormat.digest().digest(before)));
    }

    @Test
    void keys_are_not_told_by_accident() {
        assertThat(KEYS.toString()).doesNotContain("the master key", "the admin token");
    }

    @Test
    void cut_short_anywhere_it_is_refused() throws IOException {
        byte[] whole = backup();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).as("%d bytes", part.length).isInstanceOf(UnusableBackup.class);
        }
    }

    @Test
    void with_any_bit_turned_it_is_refused_or_says_the_same() throws IOException {
        byte[] whole = backup();
        List<String> before = read(whole);
        int refused = 0;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] turned = whole.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(read(turned)).as("bit %d", bit).isEqualTo(before);
            } catch (UnusableBackup expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan((whole.length - 10) * 8 - 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    "first":2      | "first":1                     | other rows
                    "empty":0,     | ~~                            | other rows
                    DIGEST         | 0000                          | SHA-256
                    "end":"backup" | "begin":"backup"              | 'table'
                    """)
    void a_trailer_that_is_wrong_is_refused(String right, String wrong, String told) throws IOException {
        String text = plain(backup());
        int end = text.lastIndexOf('\n', text.length() - 2) + 1;
        String lines = text.substring(0, end);
        String trailer = text.substring(end).replaceAll("[0-9a-f]{64}", "DIGEST");
        assertThat(read(signed(lines, trailer))).hasSize(6);

        byte[] spoilt = signed(lines, trailer.replace(right, wrong));

        assertThatThrownBy(() -> read(spoilt))
                .isInstanceOf(UnusableBackup.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ["",0]               | [0,""]                  | last.id is not a text
                    ["",0]               | ["",0,0]                | 3 values for 2 columns
                    ["",0]               | ["",9223372036854775808] | not JSON
                    ["",0]               | ["",true]               | neither a text nor a number
                    {"table":"last"      | {"table":"first"        | first is there twice
                    "amount":"bigint"    | "amount":"bytes"        | unknown type 'bytes'
                    "format":1           | "format":2              | in format 2
                    "version":"1.2.3"    | "version":7             | not a backup
                    "linkspan":"backup"  | "linkspan":"report"     | not a backup
                    "master.key"         | "main.key"              | 'master.key' is missing
                    """)
    void lines_that_are_wrong_are_refused_though_the_digest_is_right(String right, String wrong, String told)
            throws IOException {
        String text = plain(backup());
        int end = text.lastIndexOf('\n', text.length() - 2) + 1;
        String trailer = text.substring(end).replaceAll("[0-9a-f]{64}", "DIGEST");

        byte[] spoilt = signed(text.substring(0, end).replace(right, wrong), trailer);

        assertThatThrownBy(() -> read(spoilt))
                .isInstanceOf(UnusableBackup.class)
                .hasMessageContaining(told);
    }

    @Test
    void nothing_may_follow_the_trailer() throws IOException {
        String text = plain(backup());

        assertThatThrownBy(() -> read(signed(text, "[]\n"))).hasMessageContaining("goes on behind its end");
    }

    @Test
    void a_foreign_file_is_refused() {
        assertThatThrownBy(() -> read("no gzip at all".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnusableBackup.class)
                .hasMessageContaining("linkspan.backup is not a backup of Linkspan's");
        assertThatThrownBy(() -> read(signed("gzip of something else\n", "")))
                .isInstanceOf(UnusableBackup.class)
                .hasMessageContaining("is not a backup of Linkspan's");
        assertThatThrownBy(() -> BackupReader.open(temporary.resolve("missing")))
                .isInstanceOf(UnusableBackup.class)
                .hasMessageContaining("cannot be read");
    }
}
