package dev.linkspan.server;

import dev.linkspan.server.GivenSettings.Given;
import dev.linkspan.server.network.NetworkKind;
import dev.linkspan.server.network.NoNetwork;
import dev.linkspan.server.network.linux.namespace.NamespaceParticulars;
import dev.linkspan.server.network.netns.NetnsKind;
import dev.linkspan.server.network.ovn.OvnKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The networks that {@code serve --network} can name: a driver is added to a server by its line here. */
final class Networks {

    /** What a server carries packets with unless told otherwise. */
    static final NetworkKind NETNS = new NetnsKind();

    /** The API alone. */
    static final NetworkKind NONE = new NoNetwork.Kind("none", NamespaceParticulars.withoutFolder());

    private static final Map<String, Function<GivenSettings, NetworkKind>> BY_NAME = byName();

    private Networks() {}

    private static Map<String, Function<GivenSettings, NetworkKind>> byName() {
        Map<String, Function<GivenSettings, NetworkKind>> byName = new LinkedHashMap<>();
        byName.put(NETNS.name(), _ -> NETNS);
        byName.put(OvnKind.NAME, OvnOptions::kind);
        byName.put(NONE.name(), _ -> NONE);
        return byName;
    }

    /** Every name. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** The network that is asked for, with what else is said of it. */
    static NetworkKind of(GivenSettings given) {
        Given name = given.value(Setting.NETWORK);
        NetworkKind kind = Optional.ofNullable(BY_NAME.get(name.text()))
                .orElseThrow(() -> Settings.invalid(name, Settings.oneOf(names())))
                .apply(given);
        if (!(kind instanceof OvnKind)) {
            OvnOptions.requireNone(given);
        }
        return kind;
    }
}
