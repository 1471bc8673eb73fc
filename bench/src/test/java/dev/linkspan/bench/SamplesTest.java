package dev.linkspan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void the_median_does_not_depend_on_the_order() {
        assertThat(Samples.of(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4.0);
    }

    @Test
    void the_median_of_an_even_number_lies_in_the_middle() {
        assertThat(Samples.of(List.of(1.0, 2.0, 4.0, 9.0)).median()).isEqualTo(3.0);
    }

    @Test
    void the_mean_counts_each_by_its_size() {
        assertThat(Samples.of(List.of(1.0, 2.0, 9.0)).mean()).isEqualTo(4.0);
    }

    @Test
    void a_tenth_lies_below_the_low_value_and_a_tenth_above_the_high_one() {
        Samples samples = Samples.of(
                IntStream.rangeClosed(0, 100).mapToObj(i -> (double) i).toList());

        assertThat(samples.low()).isCloseTo(10.0, within(1e-9));
        assertThat(samples.high()).isCloseTo(90.0, within(1e-9));
    }

    @Test
    void one_sample_is_every_quantile() {
        Samples once = Samples.once(7.0);

        assertThat(List.of(once.low(), once.median(), once.high(), once.quantile(1.0)))
                .containsOnly(7.0);
    }

    @Test
    void no_samples_are_refused() {
        assertThatThrownBy(() -> Samples.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
