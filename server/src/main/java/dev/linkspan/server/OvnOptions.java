package dev.linkspan.server;

import dev.linkspan.server.GivenSettings.Given;
import dev.linkspan.server.network.ovn.OvnAccess;
import dev.linkspan.server.network.ovn.OvnKind;
import dev.linkspan.server.network.ovsdb.Certificates;
import dev.linkspan.server.network.ovsdb.Endpoint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operator says of OVN: all of it goes with {@code --network ovn}. */
final class OvnOptions {

    private static final List<Setting> CERTIFICATES =
            List.of(Setting.OVN_PRIVATE_KEY, Setting.OVN_CERTIFICATE, Setting.OVN_CA);

    private OvnOptions() {}

    /** The network in OVN. */
    static OvnKind kind(GivenSettings given) {
        return new OvnKind(access(given));
    }

    /**
     * Where it is. Whose the network is has no default: a server takes everything in OVN that has the same name for its own, and
     * removes what it does not know.
     */
    static OvnAccess access(GivenSettings given) {
        String network = needed(
                        given, Setting.OVN_NETWORK, "a name that no other server has that writes into the same OVN")
                .text();
        List<Endpoint> northbound = databases(needed(given, Setting.OVN_NB, "where OVN's northbound database is"));
        List<Endpoint> southbound = databases(needed(given, Setting.OVN_SB, "where OVN's southbound database is"));
        Optional<Certificates> certificates = certificates(given);
        boolean secured =
                Stream.concat(northbound.stream(), southbound.stream()).anyMatch(Endpoint.Ssl.class::isInstance);
        if (secured && certificates.isEmpty()) {
            throw new InvalidSettings("ssl: needs certificates: --ovn-ca, --ovn-certificate and --ovn-private-key.");
        }
        return new OvnAccess(network, northbound, southbound, certificates);
    }

    /** All of them. */
    static List<Setting> settings() {
        return Stream.concat(
                        Stream.of(Setting.OVN_NETWORK, Setting.OVN_NB, Setting.OVN_SB),
                        CERTIFICATES.reversed().stream())
                .toList();
    }

    /** Refuses what would be said in vain. */
    static void requireNone(GivenSettings given) {
        settings().stream()
                .map(given::value)
                .filter(OvnOptions::isGiven)
                .findFirst()
                .ifPresent(it -> {
                    throw new InvalidSettings("%s is for --network ovn, and this is --network %s."
                            .formatted(it.origin(), given.value(Setting.NETWORK).text()));
                });
    }

    private static boolean isGiven(Given given) {
        return !given.text().isEmpty();
    }

    private static Given needed(GivenSettings given, Setting setting, String what) {
        Given value = given.value(setting);
        if (!isGiven(value)) {
            throw new InvalidSettings("OVN needs --%s, %s.".formatted(setting.key(), what));
        }
        return value;
    }

    private static List<Endpoint> databases(Given given) {
        try {
            return Endpoint.parseAll(given.text());
        } catch (IllegalArgumentException unreadable) {
            throw new InvalidSettings("%s: %s.".formatted(given.origin(), unreadable.getMessage()));
        }
    }

    /** All of them, or none. */
    private static Optional<Certificates> certificates(GivenSettings given) {
        List<Given> values = CERTIFICATES.stream().map(given::value).toList();
        if (values.stream().noneMatch(OvnOptions::isGiven)) {
            return Optional.empty();
        }
        if (!values.stream().allMatch(OvnOptions::isGiven)) {
            throw new InvalidSettings("--ovn-ca, --ovn-certificate and --ovn-private-key go together.");
        }
        List<Path> files = values.stream().map(OvnOptions::file).toList();
        return Optional.of(new Certificates(files.get(0), files.get(1), files.get(2)));
    }

    private static Path file(Given given) {
        try {
            return Path.of(given.text()).toAbsolutePath();
        } catch (InvalidPathException notAPath) {
            throw Settings.invalid(given, "the path of a file is expected");
        }
    }
}
