package dev.linkspan.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.linkspan.core.Rule;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6RangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"::/0", "2001:DB8::/32", "fe80::1/128", "::ffff:192.0.2.1/96", "1:2:3:4:5:6:7:8/64", "1::/16"})
    @Rule("S8")
    void a_range_is_kept_in_small_letters_and_has_no_address_of_ipv4_in_it(String text) {
        Ipv6Range range = new Ipv6Range(text);

        assertThat(range).hasToString(text.toLowerCase(Locale.ROOT));
        assertThat(range.contains(Ipv4.parse("192.0.2.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "::",
                "/0",
                "::/129",
                "1:2:3:4:5:6:7/64",
                "1:2:3:4:5:6:7:8::/64",
                "1:2:3:4:5:6:7:8:9/64",
                "1::2::3/64",
                ":::/0",
                ":1::/16",
                "12345::/16",
                "192.0.2.1::/96",
                "::/00",
                "::/-1",
                "10.0.0.0/8",
                "fe80::1%1/64",
                "[::]/0",
                "x::/0",
                "::/0 "
            })
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ipv6Range(text))
                .withMessageContaining("'%s'", text);
    }
}
