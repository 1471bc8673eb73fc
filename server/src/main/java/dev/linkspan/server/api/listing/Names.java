package dev.linkspan.server.api.listing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the APIs call the filter over a field.
 *
 * @param outscale a filter of a Read call; empty where that API has none
 * @param ec2 filters of a Describe action, of which several may mean the same
 */
public record Names(Optional<String> outscale, List<String> ec2) {

    public Names {
        ec2 = List.copyOf(ec2);
    }

    public static Names both(String outscale, String... ec2) {
        return new Names(Optional.of(outscale), Arrays.asList(ec2));
    }

    /** Of what no filter is over: requests name it otherwise. */
    public static Names none() {
        return new Names(Optional.empty(), List.of());
    }

    public static Names outscale(String name) {
        return new Names(Optional.of(name), List.of());
    }

    public static Names ec2(String... names) {
        return new Names(Optional.empty(), Arrays.asList(names));
    }
}
