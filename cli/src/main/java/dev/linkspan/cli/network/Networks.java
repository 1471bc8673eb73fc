package dev.linkspan.cli.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The networks that the command line knows: a driver is added to it by its line here. */
public final class Networks {

    private static final List<NetworkTools> ALL = List.of(new NetnsTools(), new OvnTools(), new NoNetworkTools());

    private Networks() {}

    /** Those of this name; a server of another version may name one that is not known here. */
    public static Optional<NetworkTools> named(String name) {
        return ALL.stream().filter(tools -> tools.name().equals(name)).findFirst();
    }

    /** What servers keep on this machine, whatever carries their packets. */
    public static List<Leftover> leftovers() {
        return ALL.stream().flatMap(tools -> tools.leftovers().stream()).toList();
    }

    /** What this server takes care of. */
    public static List<Leftover> of(long server) {
        return leftovers().stream()
                .filter(leftover -> leftover.server().equals(OptionalLong.of(server)))
                .toList();
    }
}
