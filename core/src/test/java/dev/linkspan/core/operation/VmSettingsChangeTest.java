package dev.linkspan.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.refusal.Refusal;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmSettingsChangeTest {

    @Test
    void no_choice_leaves_everything() {
        assertThat(VmSettingsChange.NONE.appliedTo(VmSettings.STANDARD)).isEqualTo(VmSettings.STANDARD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t2.small", "tinav5.c1r1p2", "tinav6.c2r4", "inference7-l40.medium", "m5.2xlarge"})
    void plausible_types_are_taken_as_given(String type) {
        assertThat(Orders.type(type).appliedTo(VmSettings.STANDARD).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "small", "T2.small", "t2.", ".small", "t2 .small", "t2.small\n"})
    void other_types_are_refused(String type) {
        assertThatThrownBy(() -> Orders.type(type))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("of VM type is malformed");
    }

    @ParameterizedTest
    @CsvSource({"tinav5.c1r1p1,highest", "tinav5.c1r1p2,high", "tinav5.c1r1p3,medium", "tinav5.c1r1,highest"})
    void a_performance_flag_in_the_type_decides(String type, String performance) {
        VmSettingsChange change = new VmSettingsChange(
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("highest"),
                Optional.empty(),
                Optional.empty());

        assertThat(change.appliedTo(VmSettings.STANDARD).performance()).isEqualTo(performance);
    }

    @Test
    void words_that_are_not_accepted_are_refused_with_those_that_are() {
        assertThatThrownBy(() -> new VmSettingsChange(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("explode"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(Refusal.class)
                .hasMessage("The value 'explode' of shutdown behavior is malformed: one of stop, restart,"
                        + " terminate is expected.");
    }

    @Test
    void user_data_is_base64_of_500_kib_at_most() {
        String largest = Base64.getEncoder().encodeToString(new byte[VmSettingsChange.LARGEST_USER_DATA]);
        String larger = Base64.getEncoder().encodeToString(new byte[VmSettingsChange.LARGEST_USER_DATA + 1]);

        assertThat(Orders.userData(largest).userData()).contains(largest);
        assertThat(Orders.userData("").userData()).contains("");
        assertThat(Orders.userData("aGVs\nbG8=").userData()).isPresent();
        assertThatThrownBy(() -> Orders.userData(larger)).hasMessageContaining("512001 bytes");
        assertThatThrownBy(() -> Orders.userData("#!/bin/sh")).hasMessageContaining("must be Base64");
    }
}
