package dev.linkspan.server.api.resource.vm;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.port.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A NIC with what answers and filters say about it. */
public record DescribedNic(Nic nic, NicScene scene) {

    /** NICs are linked at once, so this is the only state that a link is seen in. */
    public static final String LINK_STATE = "attached";

    /** What EC2 calls the type of those that accounts make. */
    static final String TYPE = "interface";

    private static final String NAT_SERVICES_TYPE = "nat_gateway";

    public static DescribedNic of(Snapshot snapshot, Nic nic) {
        return of(snapshot, List.of(nic)).getFirst();
    }

    public static List<DescribedNic> of(Snapshot snapshot, List<Nic> nics) {
        NicScene scene = NicScene.of(snapshot, nics);
        return nics.stream().map(nic -> new DescribedNic(nic, scene)).toList();
    }

    public String state() {
        return nic.link().isPresent() || isManaged() ? "in-use" : "available";
    }

    /** Whether it is a NAT service's, and not its owner's to change. */
    boolean isManaged() {
        return nic.natService().isPresent();
    }

    /** What EC2 calls its type. */
    String type() {
        return isManaged() ? NAT_SERVICES_TYPE : TYPE;
    }

    public SubregionName subregion() {
        return scene.subregion(nic.subnet());
    }

    /** The name of its primary address. */
    public String dnsName() {
        return scene.dnsName(nic.primaryAddress());
    }

    /** What this is for each of its groups, told its id and name. */
    public <V> List<V> ofGroups(BiFunction<SecurityGroupId, String, V> value) {
        return nic.groups().stream()
                .map(id -> value.apply(id, scene.groupName(id)))
                .toList();
    }

    public List<String> groupNames() {
        return ofGroups((_, name) -> name);
    }

    /**
     * An address of a NIC, as answers show it.
     *
     * @param publicAddress what stands for it outside
     */
    public record Address(Ipv4 ip, boolean primary, String dnsName, Optional<PublicAddress> publicAddress) {}

    /** What stands for its primary address outside. */
    public Optional<PublicAddress> publicAddress() {
        return publicAddress(nic.primaryAddress());
    }

    /** What stands for any of its addresses outside. */
    public List<PublicAddress> publicAddresses() {
        return nic.addresses().stream()
                .flatMap(ip -> publicAddress(ip).stream())
                .toList();
    }

    private Optional<PublicAddress> publicAddress(Ipv4 address) {
        return scene.publicIp(nic.id(), address).map(ip -> new PublicAddress(ip, scene.dnsName(ip.address())));
    }

    /** What this is for each of its addresses, the primary one first. */
    public <V> List<V> ofAddresses(Function<Address, V> value) {
        return nic.addresses().stream()
                .map(ip -> value.apply(
                        new Address(ip, ip.equals(nic.primaryAddress()), scene.dnsName(ip), publicAddress(ip))))
                .toList();
    }

    /** Its link, of a NIC that is known to have one. */
    public NicLink requireLink() {
        return nic.link().orElseThrow(() -> new IllegalStateException("BUG: %s is of no VM".formatted(nic.id())));
    }
}
