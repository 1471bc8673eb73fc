package dev.linkspan.core.operation;

import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettingsChange;
import java.util.List;
import java.util.Optional;

/** Orders of VMs and NICs, for tests to begin with. */
final class Orders {

    private Orders() {}

    static VmOrder oneIn(Subnet subnet) {
        return of(1, 1, primary(subnet));
    }

    static VmOrder of(int least, int most, VmNic... nics) {
        return new VmOrder(
                Images.LINUX.id(),
                least,
                most,
                Optional.empty(),
                true,
                List.of(nics),
                Optional.empty(),
                Optional.empty(),
                VmSettingsChange.NONE,
                Optional.empty());
    }

    static VmOrder with(VmOrder order, VmSettingsChange settings) {
        return new VmOrder(
                order.image(),
                order.least(),
                order.most(),
                order.clientToken(),
                order.running(),
                order.nics(),
                order.subregion(),
                order.tenancy(),
                settings,
                order.publicIp());
    }

    static VmOrder withToken(VmOrder order, String token) {
        return new VmOrder(
                order.image(),
                order.least(),
                order.most(),
                Optional.of(token),
                order.running(),
                order.nics(),
                order.subregion(),
                order.tenancy(),
                order.settings(),
                order.publicIp());
    }

    static VmNic primary(Subnet subnet) {
        return new VmNic.New(nicIn(subnet.id()), 0, true);
    }

    static NewNic nicIn(SubnetId subnet, SecurityGroupId... groups) {
        return new NewNic(subnet, AddressChoice.ANY, List.of(groups), List.of(), "");
    }

    static NewNic nicAt(SubnetId subnet, String... addresses) {
        List<Ipv4> chosen = List.of(addresses).stream().map(Ipv4::parse).toList();
        return new NewNic(subnet, AddressChoice.firstIsPrimary(chosen), List.of(), List.of(), "");
    }

    static VmSettingsChange type(String type) {
        return new VmSettingsChange(
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static VmSettingsChange protection(boolean on) {
        return new VmSettingsChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(on),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static VmSettingsChange stopProtection(boolean on) {
        return new VmSettingsChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(on));
    }

    static VmSettingsChange keypair(String name) {
        return new VmSettingsChange(
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static VmSettingsChange userData(String base64) {
        return new VmSettingsChange(
                Optional.empty(),
                Optional.empty(),
                Optional.of(base64),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
