package dev.linkspan.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:00", "06:00:00:00:00:01", "ff:ff:ff:ff:ff:ff"})
    void what_is_read_is_written_again(String text) {
        MacAddress address = MacAddress.parse(text);

        assertThat(address).hasToString(text);
        assertThat(MacAddress.of(address.octets())).isEqualTo(address);
    }

    @Test
    void the_first_octet_is_the_highest() {
        assertThat(MacAddress.parse("06:00:00:00:00:01").bits()).isEqualTo(0x060000000001L);
    }

    @Test
    void capitals_are_read_too() {
        assertThat(MacAddress.parse("0A:BC:DE:F0:12:34")).hasToString("0a:bc:de:f0:12:34");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "06",
                "06:00:00:00:00",
                "06:00:00:00:00:01:02",
                "6:0:0:0:0:1",
                "06-00-00-00-00-01",
                "060000000001",
                "06:00:00:00:00:0g",
                "06:00:00:00:00:01 "
            })
    void anything_but_six_octets_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MacAddress.parse(text))
                .withMessage("'%s' is not a MAC address such as 06:00:00:00:00:01", text);
    }

    @Test
    void more_than_48_bits_cannot_be_built() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(-1));
    }
}
