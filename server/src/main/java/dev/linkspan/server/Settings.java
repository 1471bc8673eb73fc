package dev.linkspan.server;

import dev.linkspan.core.account.Role;
import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.Region;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.internet.PublicIpPool;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.operation.Nets;
import dev.linkspan.server.GivenSettings.Given;
import dev.linkspan.server.http.HttpLimits;
import dev.linkspan.server.network.FlowLimits;
import dev.linkspan.server.network.NetworkKind;
import dev.linkspan.server.observe.Logging;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How this server is to run, as the operator wants it.
 *
 * @param store the URL of a database instead of SQLite in the data folder; it may have a password in it
 * @param regions in the order given; the first is the default one (A5)
 * @param publicIps the addresses that each Region gives away (X2)
 * @param uplink the interface of this computer that outside is bound to
 * @param images the file with the catalogue of images, instead of the one that the server brings along
 * @param defaultNets whether each account has a default Net in each Region
 * @param peeringRequiresVm rule P6
 * @param roles the accounts that may assume each role
 * @param limits what whoever reaches the server may take of it
 * @param dev whether every request is believed (A6); only ever on a loopback address
 */
record Settings(
        InetSocketAddress listen,
        Path data,
        Optional<String> store,
        NetworkKind network,
        List<Region> regions,
        PublicIpPools publicIps,
        Optional<String> uplink,
        Optional<Path> images,
        boolean defaultNets,
        Clock clock,
        boolean peeringRequiresVm,
        Map<Role, Set<AccountId>> roles,
        Fairness fairness,
        Logging.Format log,
        HttpLimits limits,
        boolean dev) {

    /**
     * How much one may ask of the server and the network, and for how long it remembers.
     *
     * @param callsPerAccount a second, 0 for any number
     * @param callsPerAddress likewise
     * @param flows how many one may have open
     * @param eventRetention zero for ever
     */
    record Fairness(int callsPerAccount, int callsPerAddress, FlowLimits flows, Duration eventRetention) {

        /** More would take the kernel too long to count at each flow that begins. */
        private static final int MOST_FLOWS = 262_144;

        static Fairness of(GivenSettings given) {
            return new Fairness(
                    number(given.value(Setting.CALLS_PER_ACCOUNT)),
                    number(given.value(Setting.CALLS_PER_ADDRESS)),
                    new FlowLimits(
                            Settings.number(given.value(Setting.FLOWS_PER_NIC), MOST_FLOWS),
                            Settings.number(given.value(Setting.FLOWS_PER_PEERING), MOST_FLOWS)),
                    duration(given.value(Setting.EVENT_RETENTION)));
        }

        private static int number(Given given) {
            if (!given.text().matches("[0-9]{1,7}")) {
                throw invalid(given, "a whole number from 0 to 9999999 is expected");
            }
            return Integer.parseInt(given.text());
        }

        /** Shorter than a day would take away what Cockpit and the audit show as the latest. */
        private static Duration duration(Given given) {
            try {
                Duration duration = Duration.parse(given.text());
                if (duration.isZero() || duration.compareTo(Duration.ofDays(1)) >= 0) {
                    return duration;
                }
            } catch (DateTimeParseException unreadable) {
                // refused below
            }
            throw invalid(given, "an ISO 8601 duration of a day or more is expected, such as P365D, or PT0S");
        }
    }

    /** Where the Regions' time comes from (T1). */
    enum Clock {
        SYSTEM,
        MANUAL
    }

    Settings {
        regions = List.copyOf(regions);
        roles = Map.copyOf(roles);
    }

    /** Reads them from the command line, the environment and a file; refuses what it does not understand. */
    static Settings of(List<String> arguments, Map<String, String> environment) {
        GivenSettings given = GivenSettings.of(arguments, environment);
        List<Region> regions = regions(given.value(Setting.REGIONS));
        boolean dev = truth(given.value(Setting.DEV));
        Settings settings = new Settings(
                listen(given.value(Setting.LISTEN)),
                data(given.value(Setting.DATA), environment),
                store(given.value(Setting.STORE)),
                Networks.of(given),
                regions,
                publicIps(given.value(Setting.PUBLIC_IPS), regions),
                uplink(given.value(Setting.OUTSIDE)),
                file(given.value(Setting.IMAGES)),
                truth(given.value(Setting.DEFAULT_NETS)),
                word(given.value(Setting.CLOCK), Clock.values()),
                truthOr(!dev, given.value(Setting.PEERING_REQUIRES_VM)),
                roles(given.value(Setting.ROLES)),
                Fairness.of(given),
                word(given.value(Setting.LOG), Logging.Format.values()),
                limits(given),
                dev);
        settings.requirePossible(given);
        return settings;
    }

    private void requirePossible(GivenSettings given) {
        if (uplink.isPresent() && !network.carriesPackets()) {
            throw new InvalidSettings("--outside lets packets go on, and with --network %s there are none: %s is '%s'."
                    .formatted(
                            network.name(),
                            given.value(Setting.OUTSIDE).origin(),
                            given.value(Setting.OUTSIDE).text()));
        }
        if (dev && !listen.getAddress().isLoopbackAddress()) {
            throw new InvalidSettings(
                    "--dev believes every request, so it needs a loopback address: %s is '%s', which others can reach."
                            .formatted(
                                    given.value(Setting.LISTEN).origin(),
                                    given.value(Setting.LISTEN).text()));
        }
    }

    private static InetSocketAddress listen(Given given) {
        int colon = given.text().lastIndexOf(':');
        String host = colon < 0 ? "" : given.text().substring(0, colon).replaceAll("^\\[|\\]$", "");
        try {
            int port = Integer.parseInt(given.text().substring(colon + 1));
            if (!host.isEmpty() && port >= 0 && port <= 65535) {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            }
        } catch (NumberFormatException notAPort) {
            // refused below
        } catch (UnknownHostException unknown) {
            throw new InvalidSettings("%s: the host of '%s' is unknown here.".formatted(given.origin(), given.text()));
        }
        throw invalid(given, "HOST:PORT is expected, such as 127.0.0.1:7780");
    }

    /** XDG Base Directory Specification: an unset or empty variable means {@code ~/.local/share}. */
    static Path usualData(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        Path parent = xdg.isEmpty() ? Path.of(System.getProperty("user.home", "."), ".local", "share") : Path.of(xdg);
        return parent.resolve("linkspan").toAbsolutePath();
    }

    private static Path data(Given given, Map<String, String> environment) {
        try {
            if (!given.text().isEmpty()) {
                return Path.of(given.text()).toAbsolutePath();
            }
            return usualData(environment);
        } catch (InvalidPathException notAPath) {
            throw invalid(given, "the path of a folder is expected");
        }
    }

    private static Optional<Path> file(Given given) {
        try {
            return Optional.of(given.text())
                    .filter(text -> !text.isEmpty())
                    .map(text -> Path.of(text).toAbsolutePath());
        } catch (InvalidPathException notAPath) {
            throw invalid(given, "the path of a file is expected");
        }
    }

    private static Optional<String> store(Given given) {
        if (given.text().isEmpty() || given.text().startsWith("jdbc:postgresql:")) {
            return Optional.of(given.text()).filter(url -> !url.isEmpty());
        }
        throw new InvalidSettings(
                "%s is not accepted: jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=... is expected."
                        .formatted(given.origin()));
    }

    /** {@code eu-west-2:a,b;us-east-2:a} has the Subregions eu-west-2a, eu-west-2b and us-east-2a. */
    private static List<Region> regions(Given given) {
        List<Region> regions = new ArrayList<>();
        Set<RegionName> names = new HashSet<>();
        for (String part : given.text().split(";", -1)) {
            Region region = region(given, part.strip());
            if (!names.add(region.name())) {
                throw invalid(given, "the Region %s is there twice".formatted(region.name()));
            }
            regions.add(region);
        }
        return regions;
    }

    private static Region region(Given given, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2) {
            throw invalid(given, "Regions with their Subregions are expected, such as eu-west-2:a,b;us-east-2:a,b");
        }
        List<SubregionName> subregions = new ArrayList<>();
        for (String suffix : parts[1].split(",", -1)) {
            if (!suffix.strip().matches("[a-z][a-z0-9]{0,7}")) {
                throw invalid(given, "a Subregion is a letter or a short word, such as the a and b of eu-west-2:a,b");
            }
            subregions.add(new SubregionName(parts[0] + suffix.strip()));
        }
        if (Set.copyOf(subregions).size() != subregions.size()) {
            throw invalid(given, "Region %s has a Subregion twice".formatted(parts[0]));
        }
        try {
            return new Region(new RegionName(parts[0]), subregions);
        } catch (IllegalArgumentException notAName) {
            throw invalid(given, String.valueOf(notAName.getMessage()));
        }
    }

    /**
     * {@code 203.0.113.0/24;198.51.100.0/24} are those of the first Region and of the second. Regions for which none is left
     * have none; ranges that are left over are nobody's;
     * an empty text means none at all.
     */
    private static PublicIpPools publicIps(Given given, List<Region> regions) {
        if (given.text().isBlank()) {
            return PublicIpPools.NONE;
        }
        List<PublicIpPool> pools = Arrays.stream(given.text().split(";", -1))
                .map(text -> pool(given, text.strip()))
                .toList();
        Map<RegionName, PublicIpPool> byRegion = new HashMap<>();
        for (int i = 0; i < pools.size(); i++) {
            Cidr range = pools.get(i).range();
            if (pools.subList(0, i).stream().map(PublicIpPool::range).anyMatch(range::overlaps)) {
                throw invalid(given, "each Region needs addresses of its own: %s overlaps another".formatted(range));
            }
            if (i < regions.size()) {
                byRegion.put(regions.get(i).name(), pools.get(i));
            }
        }
        return new PublicIpPools(byRegion);
    }

    /** The kernel's own rule for names of interfaces. */
    private static Optional<String> uplink(Given given) {
        if (given.text().isEmpty()) {
            return Optional.empty();
        }
        if (!given.text().matches("[^\\s/:\"]{1,15}") || Set.of(".", "..", "lo").contains(given.text())) {
            throw invalid(given, "the name of an interface is expected that leads to other computers, such as eth0");
        }
        return Optional.of(given.text());
    }

    private static PublicIpPool pool(Given given, String text) {
        try {
            Cidr range = Cidr.parse(text);
            Nets.specialRange(range).ifPresent(special -> {
                throw invalid(given, "no machine can have an address of %s".formatted(special));
            });
            return new PublicIpPool(range);
        } catch (IllegalArgumentException notAPool) {
            throw invalid(given, String.valueOf(notAPool.getMessage()));
        }
    }

    /** {@code 222222222222/peering:111111111111,333333333333} lets two accounts act as the third. */
    private static Map<Role, Set<AccountId>> roles(Given given) {
        Map<Role, Set<AccountId>> roles = new HashMap<>();
        if (given.text().isBlank()) {
            return roles;
        }
        for (String part : given.text().split(";", -1)) {
            String[] halves = part.strip().split(":", -1);
            String[] names = halves[0].split("/", -1);
            if (halves.length != 2 || names.length != 2) {
                throw invalid(
                        given,
                        "roles and who may assume them are expected, such as"
                                + " 222222222222/peering:111111111111,333333333333");
            }
            Role role = role(given, names[0], names[1]);
            Set<AccountId> trusted = Arrays.stream(halves[1].split(",", -1))
                    .map(account -> account(given, account.strip()))
                    .collect(Collectors.toUnmodifiableSet());
            if (roles.putIfAbsent(role, trusted) != null) {
                throw invalid(given, "the role %s is there twice".formatted(role));
            }
        }
        return roles;
    }

    private static Role role(Given given, String account, String name) {
        try {
            return new Role(account(given, account), name);
        } catch (IllegalArgumentException notAName) {
            throw invalid(given, String.valueOf(notAName.getMessage()));
        }
    }

    private static AccountId account(Given given, String text) {
        return AccountId.tryParse(text)
                .orElseThrow(() -> invalid(given, "'%s' is not an account, which has 12 digits".formatted(text)));
    }

    private static <E extends Enum<E>> E word(Given given, E[] words) {
        return Arrays.stream(words)
                .filter(word -> wordOf(word).equals(given.text()))
                .findFirst()
                .orElseThrow(() -> invalid(
                        given, oneOf(Arrays.stream(words).map(Settings::wordOf).toList())));
    }

    static String oneOf(List<String> words) {
        return "one of %s is expected".formatted(String.join(", ", words));
    }

    static String wordOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static boolean truthOr(boolean usual, Given given) {
        return given.text().isEmpty() ? usual : truth(given);
    }

    private static boolean truth(Given given) {
        return switch (given.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(given, "true or false is expected");
        };
    }

    private static HttpLimits limits(GivenSettings given) {
        return new HttpLimits(
                number(given.value(Setting.MAX_CONNECTIONS), 100_000),
                number(given.value(Setting.MAX_CONNECTIONS_PER_ADDRESS), 100_000),
                (long) number(given.value(Setting.MAX_BODY_MEMORY), 65_536) << 20,
                seconds(given.value(Setting.HEAD_TIMEOUT)),
                seconds(given.value(Setting.BODY_TIMEOUT)),
                seconds(given.value(Setting.IDLE_TIMEOUT)));
    }

    private static Duration seconds(Given given) {
        return Duration.ofSeconds(number(given, 3_600));
    }

    private static int number(Given given, int most) {
        if (given.text().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(given.text());
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw invalid(given, "a number from 1 to %d is expected".formatted(most));
    }

    static InvalidSettings invalid(Given given, String expected) {
        return new InvalidSettings("%s: '%s' is not accepted: %s.".formatted(given.origin(), given.text(), expected));
    }
}
