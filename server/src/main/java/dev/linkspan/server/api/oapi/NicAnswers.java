package dev.linkspan.server.api.oapi;

import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ResourceTag;
import dev.linkspan.server.api.oapi.NicScene.PrivateIp;
import dev.linkspan.server.api.oapi.NicScene.SecurityGroupLight;
import java.util.List;
import java.util.Optional;

/** How the calls on NICs answer. */
final class NicAnswers {

    /** NICs are linked at once, so this is the only state that a link is seen in. */
    static final String LINK_STATE = "attached";

    private NicAnswers() {}

    record NicResponse(NicAnswer nic) {}

    record LinkNicResponse(NicLinkId linkNicId) {}

    record LinkNic(
            boolean deleteOnVmDeletion,
            int deviceNumber,
            NicLinkId linkNicId,
            String state,
            AccountId vmAccountId,
            VmId vmId) {}

    /** A NIC; without {@code LinkNic} where it is linked to nothing. */
    record NicAnswer(
            AccountId accountId,
            String description,
            boolean isSourceDestChecked,
            Optional<LinkNic> linkNic,
            MacAddress macAddress,
            NetId netId,
            NicId nicId,
            String privateDnsName,
            List<PrivateIp> privateIps,
            List<SecurityGroupLight> securityGroups,
            String state,
            SubnetId subnetId,
            SubregionName subregionName,
            List<ResourceTag> tags) {}

    /** A NIC with what answers and filters say about it. */
    record SeenNic(Nic nic, NicScene scene) {

        static SeenNic of(Snapshot snapshot, Nic nic) {
            return of(snapshot, List.of(nic)).getFirst();
        }

        static List<SeenNic> of(Snapshot snapshot, List<Nic> nics) {
            NicScene scene = NicScene.of(snapshot, nics);
            return nics.stream().map(nic -> new SeenNic(nic, scene)).toList();
        }
    }

    static NicAnswer answer(Call call, SeenNic seen) {
        Nic nic = seen.nic();
        NicScene scene = seen.scene();
        return new NicAnswer(
                nic.owner(),
                nic.description(),
                nic.sourceDestChecked(),
                nic.link()
                        .map(link -> new LinkNic(
                                link.deleteOnVmDeletion(),
                                link.deviceNumber(),
                                link.id(),
                                LINK_STATE,
                                nic.owner(),
                                link.vm())),
                nic.mac(),
                nic.net(),
                nic.id(),
                scene.dnsName(nic.primaryAddress()),
                scene.privateIps(nic),
                scene.groups(nic),
                state(nic),
                nic.subnet(),
                scene.subregion(nic),
                call.tagsOf(nic.id()));
    }

    static String state(Nic nic) {
        return nic.link().isPresent() ? "in-use" : "available";
    }

    /** For each of its addresses, whether it is the primary one. */
    static List<Boolean> primaryFlags(Nic nic) {
        return nic.addresses().stream()
                .map(address -> address.equals(nic.primaryAddress()))
                .toList();
    }
}
