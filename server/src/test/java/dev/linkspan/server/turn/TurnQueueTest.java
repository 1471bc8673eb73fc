package dev.linkspan.server.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnQueueTest {

    private final TurnQueue<String> queue = new TurnQueue<>();

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        Stream.generate(queue::poll).takeWhile(Optional::isPresent).forEach(it -> rest.add(it.get()));
        return rest;
    }

    @Test
    void whoever_has_one_thing_waits_for_one_of_each_of_the_others() {
        IntStream.range(0, 1_000).forEach(number -> queue.add("many", "many " + number));
        queue.add("two", "two 0");
        queue.add("one", "one 0");
        queue.add("two", "two 1");

        assertThat(rest()).hasSize(1_003).startsWith("many 0", "two 0", "one 0", "many 1", "two 1", "many 2", "many 3");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void what_is_put_back_is_next_again() {
        queue.add("a", "a 0");
        queue.add("a", "a 1");
        queue.add("b", "b 0");
        String first = queue.poll().orElseThrow();
        String second = queue.poll().orElseThrow();

        queue.putBack("b", second);
        queue.putBack("a", first);

        assertThat(queue.size()).isEqualTo(3);
        assertThat(rest()).containsExactly("a 0", "b 0", "a 1");
    }

    @Test
    void who_may_not_go_keeps_its_place() {
        queue.add("a", "a 0");
        queue.add("b", "b 0");

        assertThat(queue.poll("b"::equals)).contains("b 0");
        assertThat(queue.poll("b"::equals)).isEmpty();
        assertThat(rest()).containsExactly("a 0");
    }

    @Test
    void what_waits_no_longer_is_gone_from_its_line_alone() {
        queue.add("a", "a 0");
        queue.add("a", "a 1");
        queue.add("b", "b 0");

        queue.remove("a", "a 0");
        queue.remove("b", "b 0");
        queue.remove("c", "c 0");

        assertThat(queue.size("a")).isEqualTo(1);
        assertThat(queue.size("b")).isZero();
        assertThat(queue.firsts()).containsOnly(Map.entry("a", "a 1"));
        assertThat(rest()).containsExactly("a 1");
    }
}
