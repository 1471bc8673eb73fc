package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmNic;
import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.volume.BlockDevice;
import dev.linkspan.core.volume.VolumeSpec;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carries out one order of VMs: all that it makes, or nothing. */
final class VmCreation {

    private final UnitOfWork unit;
    private final AccountId caller;
    private final VmOrder order;
    private final Image image;
    private final FreePublicAddresses publicAddresses;
    private final Placement placement;
    private final Map<SubnetId, Place> places = new HashMap<>();

    private record NewVolume(BlockDevice device, VolumeSpec spec) {}

    private record Place(Subnet subnet, FreeAddresses free) {}

    VmCreation(
            UnitOfWork unit,
            AccountId caller,
            VmOrder order,
            Image image,
            FreePublicAddresses publicAddresses,
            Placement placement) {
        this.unit = unit;
        this.caller = caller;
        this.order = order;
        this.image = image;
        this.publicAddresses = publicAddresses;
        this.placement = placement;
    }

    List<Vm> run() {
        Vms.requireKeypair(unit, caller, order.settings());
        Subnet home = home(order.nics().getFirst());
        Net net = unit.nets()
                .find(home.net())
                .orElseThrow(() -> new IllegalStateException("BUG: %s has no Net".formatted(home.id())));
        requirePlacement(home, net);
        VmSettings settings = order.settings().appliedTo(VmSettings.STANDARD);
        Vms.requireVirtualization(settings, net);
        int count = count(home);
        int newNics =
                (int) order.nics().stream().filter(VmNic.New.class::isInstance).count();
        Quotas.requireRoom(unit, caller, Quota.NICS, unit.nics()::countOfOwner, count * newNics);
        List<NewVolume> volumes = Volumes.wanted(image, order.equipment().devices()).stream()
                .map(device -> new NewVolume(device, Volumes.spec(image, device)))
                .toList();
        Quotas.requireRoom(unit, caller, Quota.VOLUMES, unit.volumes()::countOfOwner, count * volumes.size());
        ReservationId reservation = unit.newId(ReservationId.KIND);
        List<Vm> made = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            made.add(make(home, reservation, number, settings, volumes));
        }
        return List.copyOf(made);
    }

    private Vm make(Subnet home, ReservationId reservation, int number, VmSettings settings, List<NewVolume> volumes) {
        Vm vm = new Vm(
                unit.newId(VmId.KIND),
                caller,
                home.net(),
                home.id(),
                home.subregion(),
                reservation,
                number,
                order.clientToken(),
                order.image(),
                order.equipment().bootMode().map(image.system()::withBootMode).orElse(image.system()),
                order.running() ? VmState.RUNNING : VmState.STOPPED,
                unit.now(),
                settings,
                order.equipment().options(),
                order.publicIpIn(home),
                unit.now());
        unit.vms().save(vm);
        placement.place(unit, vm);
        List<Nic> nics = order.nics().stream().map(nic -> attach(vm, nic)).toList();
        volumes.forEach(volume -> Volumes.made(unit, vm, volume.device(), volume.spec()));
        MachineAddresses.give(unit, vm, publicAddresses);
        Set<NetId> touched = Vms.touchedBy(unit, vm, nics);
        String detail = "%s at %s".formatted(order.image(), nics.getFirst().primaryAddress());
        unit.record(new Fact(EventType.VM_CREATED, vm.id().value(), Set.of(caller), touched, detail));
        return vm;
    }

    private Nic attach(Vm vm, VmNic nic) {
        return switch (nic) {
            case VmNic.Existing(NicId id, int device) ->
                Nics.linked(unit, Nics.changeable(unit, caller, id), vm, device);
            case VmNic.New(NewNic wanted, int device, boolean deleteOnVmDeletion) -> {
                Place place = place(wanted.subnet());
                Nics.requireWithin(place.subnet(), vm);
                NicLink link = new NicLink(unit.newId(NicLinkId.KIND), vm.id(), device, deleteOnVmDeletion);
                yield Nics.made(unit, place.subnet(), wanted, place.free(), Optional.of(link));
            }
        };
    }

    /** The Subnet that the VMs are in: that of the primary NIC. */
    private Subnet home(VmNic primary) {
        return switch (primary) {
            case VmNic.New made -> place(made.nic().subnet()).subnet();
            case VmNic.Existing there ->
                place(Visible.nic(unit, caller, Parameter.NIC, there.id()).subnet())
                        .subnet();
        };
    }

    private Place place(SubnetId id) {
        return places.computeIfAbsent(id, _ -> {
            Subnet subnet = Visible.subnet(unit, caller, Parameter.SUBNET, id);
            return new Place(subnet, FreeAddresses.of(unit, subnet));
        });
    }

    private void requirePlacement(Subnet home, Net net) {
        order.subregion().filter(it -> !it.equals(home.subregion())).ifPresent(subregion -> {
            throw Refusal.badValue(
                    Parameter.SUBREGION, subregion, "the Subnet %s is in %s", home.id(), home.subregion());
        });
        order.tenancy().filter(it -> !it.equals(net.tenancy())).ifPresent(tenancy -> {
            throw Refusal.badValue(
                    Parameter.TENANCY, tenancy, "the tenancy of the %s %s is %s", Noun.NET, net.id(), net.tenancy());
        });
    }

    /** As many as there is room for, within what was asked for. */
    private int count(Subnet home) {
        long count = Math.min(order.most(), roomInQuota());
        Map<SubnetId, Integer> addressesPerVm = new HashMap<>();
        for (VmNic nic : order.nics()) {
            if (nic instanceof VmNic.New made) {
                NewNic wanted = made.nic();
                addressesPerVm.merge(wanted.subnet(), wanted.addresses().count(), Integer::sum);
            }
        }
        for (Map.Entry<SubnetId, Integer> need : addressesPerVm.entrySet()) {
            FreeAddresses free = place(need.getKey()).free();
            if (free.count() / need.getValue() < order.least()) {
                throw free.exhausted();
            }
            count = Math.min(count, free.count() / need.getValue());
        }
        if (order.running() && order.publicIpIn(home)) {
            publicAddresses.require(order.least());
            count = Math.min(count, publicAddresses.count());
        }
        int room = placement.room(unit, home.subregion());
        if (room < order.least()) {
            throw Placement.exhausted(home.subregion());
        }
        return Math.toIntExact(Math.min(count, room));
    }

    private int roomInQuota() {
        int limit = unit.accounts().find(caller).map(it -> it.limit(Quota.VMS)).orElse(Quota.VMS.defaultLimit());
        if (limit == Quota.UNLIMITED) {
            return limit;
        }
        long existing = unit.vms().countOfOwner(caller);
        if (existing + order.least() > limit) {
            throw new Refusal(
                    RefusalCode.QUOTA,
                    "Account %s has %d %s and may have %d at most.",
                    caller,
                    existing,
                    Noun.VMS,
                    limit);
        }
        return Math.toIntExact(limit - existing);
    }
}
