package dev.linkspan.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.linkspan.core.Rule;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/8", "10.0.0.0/16", "10.0.0.4/31", "255.255.255.255/32"})
    void what_is_read_is_written_again(String text) {
        assertThat(Cidr.parse(text)).hasToString(text);
        assertThat(Cidr.tryParse(text)).contains(Cidr.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "/16",
                "10.0.0.0/33",
                "10.0.0.0/99",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8 ",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.0/255.0.0.0",
                "::/0"
            })
    void anything_else_is_refused(String text) {
        assertThat(Cidr.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(text))
                .withMessage("'%s' is not a range in CIDR notation such as 10.0.0.0/16", text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/16, 10.0.0.0/16",
        "10.0.0.1/0, 0.0.0.0/0",
        "10.0.0.5/31, 10.0.0.4/31",
        "128.0.0.0/0, 0.0.0.0/0"
    })
    @Rule("R5")
    void host_bits_are_refused_and_the_range_that_was_meant_is_named(String text, String meant) {
        assertThat(Cidr.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(text))
                .withMessage("'%s' has host bits set; the range that holds it is %s", text, meant);
        assertThat(Cidr.parseCanonical(text)).isEqualTo(Cidr.parse(meant));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/16, 10.0.0.0, 10.0.255.255, 65536",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255, 4294967296",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 2147483648",
        "10.0.0.4/32, 10.0.0.4, 10.0.0.4, 1"
    })
    void a_range_reaches_from_its_first_to_its_last_address(String text, String first, String last, long size) {
        Cidr range = Cidr.parse(text);

        assertThat(range.network()).hasToString(first);
        assertThat(range.last()).hasToString(last);
        assertThat(range.size()).isEqualTo(size);
        assertThat(range.contains(Ipv4.parse(first))).isTrue();
        assertThat(range.contains(Ipv4.parse(last))).isTrue();
    }

    @Test
    void the_addresses_next_to_a_range_are_not_in_it() {
        Cidr range = Cidr.parse("10.1.0.0/16");

        assertThat(range.contains(Ipv4.parse("10.0.255.255"))).isFalse();
        assertThat(range.contains(Ipv4.parse("10.2.0.0"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/16, 10.0.0.0/16, true, true",
        "10.0.0.0/16, 10.0.1.0/24, true, false",
        "10.0.1.0/24, 10.0.0.0/16, false, true",
        "10.0.0.0/16, 10.1.0.0/16, false, false",
        "0.0.0.0/0, 10.0.0.0/16, true, false"
    })
    @Rule("P4")
    void ranges_overlap_when_they_are_equal_or_one_contains_the_other(
            String one, String other, boolean contains, boolean contained) {
        Cidr left = Cidr.parse(one);
        Cidr right = Cidr.parse(other);

        assertThat(left.contains(right)).isEqualTo(contains);
        assertThat(right.contains(left)).isEqualTo(contained);
        assertThat(left.overlaps(right)).isEqualTo(contains || contained);
        assertThat(right.overlaps(left)).isEqualTo(contains || contained);
    }

    /** For CIDRs, sharing an address means that one contains the other: checked against the addresses themselves. */
    @Test
    @Rule("P4")
    void overlap_means_sharing_an_address() {
        Random random = new Random(4);
        for (int i = 0; i < 2000; i++) {
            Cidr one = small(random);
            Cidr other = small(random);
            boolean shared = one.network().unsigned() <= other.last().unsigned()
                    && other.network().unsigned() <= one.last().unsigned();
            assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(shared);
        }
    }

    private static Cidr small(Random random) {
        int length = 24 + random.nextInt(9);
        int host = random.nextInt(256) & -1 << (32 - length);
        return new Cidr(new Ipv4(0x0a000000 | (host & 255)), length);
    }

    @Test
    void ranges_are_ordered_by_address_then_the_larger_first() {
        List<Cidr> ordered = Stream.of("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16", "192.168.0.0/16")
                .map(Cidr::parse)
                .toList();

        assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
    }

    @Test
    void a_prefix_length_out_of_bounds_cannot_be_built() {
        Ipv4 zero = new Ipv4(0);

        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(zero, 33));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(zero, -1));
    }
}
