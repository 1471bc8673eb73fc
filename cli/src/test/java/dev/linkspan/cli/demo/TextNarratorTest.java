package dev.linkspan.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How the story looks. */
class TextNarratorTest {

    private final StringWriter text = new StringWriter();

    private Narrator narrator(boolean colourful) {
        return new TextNarrator(new PrintWriter(text, true), new Paint(colourful));
    }

    private static void tellStep(Narrator narrator) {
        narrator.begin(4, "Shop asks Pay for a peering of their Nets");
        narrator.call(
                "shop",
                "CreateNetPeering SourceNetId=vpc-12345678 AccepterNetId=vpc-87654321 AccepterOwnerId=123456789012",
                "pcx-12345678: Pending acceptance by 123456789012");
        narrator.observed(new Observation("ping shop-a -> pay-a: silent", true));
        narrator.end(new Outcome("x", "the request waits for Pay; no packet passes", "y", true));
    }

    @Test
    void it_fits_into_eighty_columns_and_breaks_between_words() {
        tellStep(narrator(false));

        assertThat(text.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text.toString())
                .contains("SourceNetId=vpc-12345678", "AccepterOwnerId=123456789012")
                .contains("ping shop-a -> pay-a: silent")
                .contains("true");
    }

    @Test
    void without_colours_there_is_no_escape() {
        tellStep(narrator(false));

        assertThat(text.toString()).doesNotContain("\u001b");
    }

    @Test
    void with_colours_every_escape_is_closed() {
        tellStep(narrator(true));

        assertThat(text.toString().lines().filter(line -> line.contains("\u001b")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("\u001b[0m"));
    }

    @Test
    void what_was_not_true_is_said_so() {
        narrator(false).end(new Outcome("x", "no packet passes", "y", false));

        assertThat(text.toString()).contains("NOT TRUE").contains("no packet passes");
    }

    @Nested
    class Colours {

        @Test
        void a_terminal_has_them_unless_it_asks_for_none() {
            assertThat(Paint.by(Map.of(), true).colourful()).isTrue();
            assertThat(Paint.by(Map.of("NO_COLOR", "1"), true).colourful()).isFalse();
        }

        @Test
        void a_file_has_none_unless_it_asks_for_them() {
            assertThat(Paint.by(Map.of(), false).colourful()).isFalse();
            assertThat(Paint.by(Map.of("FORCE_COLOR", "1"), false).colourful()).isTrue();
        }
    }
}
