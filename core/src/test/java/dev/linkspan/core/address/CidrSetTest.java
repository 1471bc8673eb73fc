package dev.linkspan.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CidrSetTest {

    @Test
    void what_is_contained_disappears() {
        assertThat(of("10.0.1.0/24", "10.0.0.0/16", "10.0.0.0/16")).hasToString("[10.0.0.0/16]");
    }

    @Test
    void halves_join_again_and_again() {
        assertThat(of("10.0.0.0/24", "10.0.3.0/24", "10.0.2.0/24", "10.0.1.0/24"))
                .hasToString("[10.0.0.0/22]");
        assertThat(of("128.0.0.0/1", "0.0.0.0/1")).hasToString("[0.0.0.0/0]");
    }

    @Test
    void neighbours_that_are_not_halves_of_one_range_stay_apart() {
        assertThat(of("10.0.1.0/24", "10.0.2.0/24")).hasToString("[10.0.1.0/24, 10.0.2.0/24]");
    }

    @Test
    void a_range_may_be_all_there_is() {
        assertThat(of("10.0.0.0/8", "0.0.0.0/0")).hasToString("[0.0.0.0/0]");
    }

    @Test
    void the_empty_set_contains_nothing() {
        assertThat(CidrSet.EMPTY.isEmpty()).isTrue();
        assertThat(CidrSet.EMPTY.contains(Ipv4.parse("10.0.0.1"))).isFalse();
        assertThat(CidrSet.of(List.of())).isEqualTo(CidrSet.EMPTY);
    }

    @Test
    void a_union_is_collapsed_as_well() {
        assertThat(of("10.0.0.0/25", "10.9.0.0/16").union(of("10.0.0.128/25")))
                .isEqualTo(of("10.0.0.0/24", "10.9.0.0/16"));
    }

    @Test
    void ranges_that_overlap_or_are_out_of_order_cannot_be_built() {
        List<Cidr> overlapping = List.of(Cidr.parse("10.0.0.0/16"), Cidr.parse("10.0.1.0/24"));
        List<Cidr> unordered = List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("10.0.0.0/16"));

        assertThatIllegalArgumentException().isThrownBy(() -> new CidrSet(overlapping));
        assertThatIllegalArgumentException().isThrownBy(() -> new CidrSet(unordered));
    }

    /** Compared with the plain list of addresses, for many small sets. */
    @Test
    void a_set_holds_exactly_the_addresses_of_its_ranges_in_as_few_ranges_as_possible() {
        Random random = new Random(24);
        for (int i = 0; i < 300; i++) {
            List<Cidr> ranges = someRanges(random);
            CidrSet set = CidrSet.of(ranges);

            for (int host = 0; host < 256; host++) {
                Ipv4 address = new Ipv4(0x0a000000 | host);
                boolean expected = ranges.stream().anyMatch(range -> range.contains(address));
                assertThat(set.contains(address))
                        .as("%s in %s", address, ranges)
                        .isEqualTo(expected);
            }
            assertThat(CidrSet.of(set.ranges())).as("fewest for %s", ranges).isEqualTo(set);
        }
    }

    private static List<Cidr> someRanges(Random random) {
        List<Cidr> ranges = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            int length = 26 + random.nextInt(7);
            int host = random.nextInt(256) & -1 << (32 - length);
            ranges.add(new Cidr(new Ipv4(0x0a000000 | (host & 255)), length));
        }
        return ranges;
    }

    private static CidrSet of(String... ranges) {
        return CidrSet.of(Stream.of(ranges).map(Cidr::parse).toList());
    }

    @Test
    void what_is_taken_away_leaves_the_rest_in_the_fewest_ranges() {
        CidrSet whole = CidrSet.of(List.of(Cidr.parse("10.0.0.0/22")));

        assertThat(whole.minus(Cidr.parse("10.0.1.0/24")).ranges())
                .containsExactly(Cidr.parse("10.0.0.0/24"), Cidr.parse("10.0.2.0/23"));
        assertThat(whole.minus(Cidr.ALL).isEmpty()).isTrue();
        assertThat(whole.minus(CidrSet.of(List.of(Cidr.parse("10.9.0.0/16"))))).isEqualTo(whole);
    }

    @Test
    void what_two_sets_share_is_in_both() {
        CidrSet one = CidrSet.of(List.of(Cidr.parse("10.0.0.0/16"), Cidr.parse("10.2.0.0/24")));
        CidrSet other = CidrSet.of(List.of(Cidr.parse("10.0.1.0/24"), Cidr.parse("10.2.0.0/16")));

        assertThat(one.intersection(other).ranges())
                .containsExactly(Cidr.parse("10.0.1.0/24"), Cidr.parse("10.2.0.0/24"));
    }
}
