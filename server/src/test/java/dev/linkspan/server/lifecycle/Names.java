package dev.linkspan.server.lifecycle;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.RegionName;
import dev.linkspan.core.port.Fixture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the names of a script stand for: ids that the product has given, or such as it never gives. */
final class Names {

    private static final Pattern IN_BRACES = Pattern.compile("\\{(\\w+)}");

    private final Map<String, RegionName> regions = new HashMap<>();
    private final Map<String, AccountId> accounts = new HashMap<>();
    private final Map<ModelNet, String> nets = new HashMap<>();
    private final Map<ModelNet, String> subnets = new HashMap<>();
    private final Map<ModelNet, Deque<String>> vms = new HashMap<>();
    private final Map<ModelPeering, String> peerings = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private final ModelWorld world;

    /** Makes the accounts, which nobody had before. */
    Names(ModelWorld world, Ground ground) {
        this.world = world;
        for (int i = 0; i < Ground.REGIONS.size(); i++) {
            regions.put(ModelWorld.REGIONS.get(i), Ground.REGIONS.get(i));
        }
        Fixture fixture = new Fixture(ground.store());
        ModelWorld.ACCOUNTS.forEach(name -> accounts.put(name, fixture.account()));
    }

    RegionName region(String name) {
        return regions.get(name);
    }

    AccountId account(String name) {
        return accounts.get(name);
    }

    Set<AccountId> accounts() {
        return Set.copyOf(accounts.values());
    }

    /** The Region of the Net of this name. */
    RegionName regionOfNet(String name) {
        return region(modelNet(name).map(net -> net.region).orElse(ModelWorld.REGIONS.getFirst()));
    }

    String net(String name) {
        return modelNet(name).map(nets::get).orElseGet(() -> "vpc-" + unknown(name));
    }

    private Optional<ModelNet> modelNet(String name) {
        return world.allNets().stream().filter(net -> net.name.equals(name)).findFirst();
    }

    /** Of the Net's range. */
    String firstAddressOf(String net) {
        return modelNet(net)
                .map(it -> it.range.substring(0, it.range.indexOf('/')))
                .orElse("10.0.0.0");
    }

    String subnet(String net) {
        return modelNet(net).map(subnets::get).orElseGet(() -> "subnet-" + unknown(net));
    }

    String newestVm(String net) {
        return modelNet(net).map(vms::get).map(Deque::peekLast).orElseGet(() -> "i-" + unknown(net));
    }

    String peering(String name) {
        return world.peering(name).map(peerings::get).orElseGet(() -> "pcx-" + unknown(name));
    }

    /** Digits below those that new ids have, so that nothing is ever called so. */
    private static String unknown(String name) {
        return "%08x".formatted(Integer.parseInt(name.substring(1)));
    }

    Optional<String> id(ModelPeering peering) {
        return Optional.ofNullable(peerings.get(peering));
    }

    String id(ModelNet net) {
        return nets.get(net);
    }

    /** Whether the id is new; it is the peering's from now on. */
    boolean give(ModelPeering peering, String id) {
        peerings.put(peering, id);
        return given.add(id);
    }

    /** Whether the id is new; it is the Net's, or that of its Subnet or newest VM, from now on. */
    boolean give(Expected.Made made, String id) {
        switch (made.kind()) {
            case NET -> nets.put(made.net(), id);
            case SUBNET -> subnets.put(made.net(), id);
            case VM -> vms.computeIfAbsent(made.net(), _ -> new ArrayDeque<>()).addLast(id);
        }
        return given.add(id);
    }

    void terminated(ModelNet net) {
        vms.get(net).removeLast();
    }

    /** With ids in place of names in braces. */
    String resolve(String text) {
        return IN_BRACES.matcher(text).replaceAll(this::resolve);
    }

    private String resolve(MatchResult match) {
        String name = match.group(1);
        if (accounts.containsKey(name)) {
            return account(name).value();
        }
        if (regions.containsKey(name)) {
            return region(name).toString();
        }
        return name.startsWith("n") ? net(name) : peering(name);
    }
}
