package dev.linkspan.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.4", "127.0.0.1", "128.0.0.0", "192.168.100.200", "255.255.255.255"})
    void what_is_read_is_written_again(String text) {
        assertThat(Ipv4.parse(text)).hasToString(text);
    }

    @Test
    void the_first_number_is_the_highest_octet() {
        assertThat(Ipv4.parse("10.0.0.1").bits()).isEqualTo(0x0a000001);
        assertThat(Ipv4.parse("255.0.0.0").unsigned()).isEqualTo(0xff000000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "...",
                "1",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.4.5",
                "1..3.4",
                "256.0.0.1",
                "1.2.3.999",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.00",
                "1.2.3.-4",
                "1.2.3.+4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/32",
                "0x1.2.3.4",
                "a.b.c.d",
                "1.2.3.٤",
                "::1"
            })
    void anything_but_four_plain_numbers_is_refused(String text) {
        assertThat(Ipv4.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4.parse(text))
                .withMessage("'%s' is not an IPv4 address such as 10.0.0.4", text);
    }

    @Test
    void addresses_are_ordered_as_unsigned_numbers() {
        List<Ipv4> ordered = Stream.of(
                        "0.0.0.0", "9.255.255.255", "10.0.0.0", "127.255.255.255", "128.0.0.0", "255.0.0.1")
                .map(Ipv4::parse)
                .toList();

        assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
    }

    @Test
    void counting_on_crosses_octets_and_goes_back() {
        assertThat(Ipv4.parse("10.0.255.255").plus(1)).hasToString("10.1.0.0");
        assertThat(Ipv4.parse("128.0.0.0").plus(-1)).hasToString("127.255.255.255");
    }

    @Test
    void every_address_survives_being_written_and_read() {
        Random random = new Random(20261122);
        for (int i = 0; i < 1000; i++) {
            Ipv4 address = new Ipv4(random.nextInt());
            assertThat(Ipv4.parse(address.toString())).isEqualTo(address);
        }
    }
}
