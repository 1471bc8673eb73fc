package dev.linkspan.server;

import dev.linkspan.server.network.NetworkKind;
import dev.linkspan.server.network.NoNetwork;
import dev.linkspan.server.network.linux.namespace.NamespaceParticulars;
import dev.linkspan.server.network.netns.NetnsKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks that {@code serve --network} can name: a driver is added to a server by its line here. */
final class Networks {

    /** What a server carries packets with unless told otherwise. */
    static final NetworkKind NETNS = new NetnsKind();

    /** The API alone. */
    static final NetworkKind NONE = new NoNetwork.Kind("none", NamespaceParticulars.withoutFolder());

    private static final Map<String, Optional<NetworkKind>> BY_NAME = byName();

    private Networks() {}

    private static Map<String, Optional<NetworkKind>> byName() {
        Map<String, Optional<NetworkKind>> byName = new LinkedHashMap<>();
        byName.put(NETNS.name(), Optional.of(NETNS));
        // Its name is taken, and refused as what is still to come.
        byName.put("ovn", Optional.empty());
        byName.put(NONE.name(), Optional.of(NONE));
        return byName;
    }

    /** Every name, also those of networks that this version does not have. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** The names of those that this version has. */
    static List<String> available() {
        return names().stream().filter(name -> named(name).isPresent()).toList();
    }

    /** The network of this name, if this version has it. */
    static Optional<NetworkKind> named(String name) {
        return BY_NAME.getOrDefault(name, Optional.empty());
    }
}
