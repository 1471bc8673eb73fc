package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.volume.BlockDevice;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.core.volume.VolumeSpec;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations on volumes. */
public final class Volumes {

    /** The size of a volume for which neither a client nor an image says another. */
    private static final int USUAL_GIB = 8;

    private static final int LONGEST_DEVICE = 64;

    private final Subregions subregions;

    public Volumes(Subregions subregions) {
        this.subregions = subregions;
    }

    /** Makes a volume that is linked to nothing. An order whose client token was used before is answered with what it made. */
    public Volume create(
            UnitOfWork unit, AccountId caller, SubregionName subregion, VolumeSpec spec, Optional<String> clientToken) {
        requireNoSnapshot(spec.snapshot());
        clientToken
                .filter(token -> token.isEmpty() || token.length() > VmOrder.LONGEST_TOKEN)
                .ifPresent(token -> {
                    throw Refusal.badValue(
                            Parameter.CLIENT_TOKEN, token, "1 to %d characters are expected", VmOrder.LONGEST_TOKEN);
                });
        Optional<Volume> before = clientToken.flatMap(token -> unit.volumes().ofClientToken(caller, token));
        if (before.isPresent()) {
            return before.get();
        }
        subregions.require(unit.region(), Parameter.SUBREGION, subregion);
        Quotas.requireRoom(unit, caller, Quota.VOLUMES, unit.volumes()::countOfOwner);
        Volume volume = new Volume(
                unit.newId(VolumeId.KIND),
                caller,
                subregion,
                spec,
                Optional.empty(),
                clientToken,
                Optional.empty(),
                unit.now());
        unit.volumes().save(volume);
        record(unit, EventType.VOLUME_CREATED, volume, "%d GiB of %s".formatted(spec.gib(), spec.type()));
        return volume;
    }

    /** Links a free volume to a VM of the same Subregion; it outlives the VM, until told otherwise. */
    public Volume link(UnitOfWork unit, AccountId caller, VolumeId id, VmId vmId, String device) {
        Volume volume = Visible.volume(unit, caller, Parameter.VOLUME, id);
        Vm vm = Visible.vm(unit, caller, Parameter.VM, vmId);
        requireDevice(device);
        if (!vm.exists()) {
            throw new Refusal(
                            RefusalCode.INVALID_STATE,
                            "The %s '%s' is terminated: no volume can be linked to it.",
                            Noun.VM,
                            vmId)
                    .about(vmId);
        }
        requireUnlinked(volume);
        if (!volume.subregion().equals(vm.subregion())) {
            throw Refusal.badValue(
                    Parameter.VOLUME,
                    id,
                    "it is in %s, and the %s '%s' in %s",
                    volume.subregion(),
                    Noun.VM,
                    vmId,
                    vm.subregion());
        }
        requireFree(unit, vm, device);
        Volume linked = volume.withLink(Optional.of(new VolumeLink(vmId, device, false, unit.now())));
        unit.volumes().save(linked);
        record(unit, EventType.VOLUME_LINKED, linked, "linked to %s as %s".formatted(vmId, device));
        return linked;
    }

    /**
     * Takes a volume out of its VM; that with the system only while the VM is stopped.
     *
     * @return the volume as it was
     */
    public Volume unlink(UnitOfWork unit, AccountId caller, VolumeId id) {
        Volume volume = Visible.volume(unit, caller, Parameter.VOLUME, id);
        VolumeLink link = volume.link()
                .orElseThrow(
                        () -> new Refusal(RefusalCode.INVALID_STATE, "The volume '%s' is linked to no %s.", id, Noun.VM)
                                .about(id));
        Vm vm = Visible.vm(unit, caller, Parameter.VM, link.vm());
        if (vm.state() == VmState.RUNNING && link.device().equals(vm.system().rootDevice())) {
            throw new Refusal(
                            RefusalCode.INVALID_STATE,
                            "The volume '%s' has the system of the %s '%s': that must be stopped first.",
                            id,
                            Noun.VM,
                            vm.id())
                    .about(id);
        }
        unlinked(unit, volume);
        return volume;
    }

    /** Changes what a volume is; it never becomes smaller. */
    public Volume change(UnitOfWork unit, AccountId caller, VolumeId id, Function<VolumeSpec, VolumeSpec> change) {
        Volume volume = Visible.volume(unit, caller, Parameter.VOLUME, id);
        VolumeSpec changed = change.apply(volume.spec());
        if (changed.gib() < volume.spec().gib()) {
            throw Refusal.badValue(
                    Parameter.VOLUME_SIZE,
                    changed.gib(),
                    "the volume '%s' has %d GiB, and cannot become smaller",
                    id,
                    volume.spec().gib());
        }
        Volume after = volume.withSpec(changed, unit.now());
        unit.volumes().save(after);
        record(unit, EventType.VOLUME_CHANGED, after, "%d GiB of %s".formatted(changed.gib(), changed.type()));
        return after;
    }

    /** Says for volumes of a VM, by their devices, whether they go with it. */
    public static void keep(UnitOfWork unit, AccountId caller, VmId vmId, Map<String, Boolean> deleteOnVmDeletion) {
        Vm vm = Visible.vm(unit, caller, Parameter.VM, vmId);
        Map<String, Volume> byDevice = unit.volumes().ofVm(vm.id()).stream()
                .collect(Collectors.toMap(it -> it.link().orElseThrow().device(), Function.identity()));
        deleteOnVmDeletion.forEach((device, goes) -> {
            Volume volume = Optional.ofNullable(byDevice.get(device))
                    .orElseThrow(() -> Refusal.badValue(
                            Parameter.DEVICE, device, "the %s '%s' has no volume there", Noun.VM, vmId));
            VolumeLink link = volume.link().orElseThrow();
            if (link.deleteOnVmDeletion() != goes) {
                Volume changed =
                        volume.withLink(Optional.of(new VolumeLink(link.vm(), link.device(), goes, link.since())));
                unit.volumes().save(changed);
                record(unit, EventType.VOLUME_CHANGED, changed, goes ? "goes with its VM" : "outlives its VM");
            }
        });
    }

    public void delete(UnitOfWork unit, AccountId caller, VolumeId id) {
        Volume volume = Visible.volume(unit, caller, Parameter.VOLUME, id);
        requireUnlinked(volume);
        deleted(unit, volume);
    }

    private static void deleted(UnitOfWork unit, Volume volume) {
        unit.tags().deleteOfResource(volume.id());
        unit.volumes().delete(volume.id());
        record(unit, EventType.VOLUME_DELETED, volume, "deleted");
    }

    private static void unlinked(UnitOfWork unit, Volume volume) {
        Volume unlinked = volume.withLink(Optional.empty());
        unit.volumes().save(unlinked);
        String vm = volume.link().map(link -> link.vm().value()).orElse("nothing");
        record(unit, EventType.VOLUME_UNLINKED, unlinked, "unlinked from " + vm);
    }

    /** What becomes of a VM's volumes when it is terminated. */
    static void leave(UnitOfWork unit, Vm vm) {
        for (Volume volume : unit.volumes().ofVm(vm.id())) {
            if (volume.link().filter(VolumeLink::deleteOnVmDeletion).isPresent()) {
                deleted(unit, volume);
            } else {
                unlinked(unit, volume);
            }
        }
    }

    /**
     * What each VM of an order is to have: the image's own volume, as the order says, and the others of the order.
     *
     * @throws Refusal if the order says something of a device twice, or what no volume can be
     */
    static List<BlockDevice> wanted(Image image, List<BlockDevice> ordered) {
        Set<String> devices = new HashSet<>();
        for (BlockDevice device : ordered) {
            requireDevice(device.device());
            if (!devices.add(device.device())) {
                throw Refusal.badValue(Parameter.DEVICE, device.device(), "each volume needs its own");
            }
            device.snapshot().filter(it -> !isOf(image, it)).ifPresent(it -> requireNoSnapshot(Optional.of(it)));
        }
        String root = image.system().rootDevice();
        Stream<BlockDevice> own = devices.contains(root)
                ? Stream.empty()
                : Stream.of(new BlockDevice(
                        root,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return Stream.concat(own, ordered.stream().filter(device -> !device.none()))
                .toList();
    }

    /** What a volume of an order is made as. */
    static VolumeSpec spec(Image image, BlockDevice device) {
        boolean root = device.device().equals(image.system().rootDevice());
        Image.RootVolume usual = root ? image.rootVolume() : new Image.RootVolume(USUAL_GIB, VolumeSpec.GP2);
        int gib = device.gib().orElse(usual.gib());
        if (root && gib < usual.gib()) {
            throw Refusal.badValue(Parameter.VOLUME_SIZE, gib, "the image '%s' needs %d GiB", image.id(), usual.gib());
        }
        return VolumeSpec.of(
                gib,
                device.type().orElse(usual.type()),
                device.iops(),
                device.throughput(),
                device.encrypted(),
                root ? Optional.of(image.snapshot()) : device.snapshot(),
                device.key());
    }

    /** The volume at a device of a new VM. One that comes with a VM goes with it, if nobody says otherwise. */
    static void made(UnitOfWork unit, Vm vm, BlockDevice device, VolumeSpec spec) {
        Volume volume = new Volume(
                unit.newId(VolumeId.KIND),
                vm.owner(),
                vm.subregion(),
                spec,
                Optional.of(new VolumeLink(
                        vm.id(), device.device(), device.deleteOnVmDeletion().orElse(true), unit.now())),
                Optional.empty(),
                Optional.empty(),
                unit.now());
        unit.volumes().save(volume);
        record(unit, EventType.VOLUME_CREATED, volume, "%s of %s".formatted(device.device(), vm.id()));
    }

    private static boolean isOf(Image image, String snapshot) {
        return snapshot.equals(image.snapshot());
    }

    private static void requireNoSnapshot(Optional<String> snapshot) {
        snapshot.ifPresent(id -> {
            throw Refusal.badValue("SnapshotId", id, "there are no snapshots here");
        });
    }

    private static void requireDevice(String device) {
        if (device.isBlank() || device.length() > LONGEST_DEVICE) {
            throw Refusal.badValue(Parameter.DEVICE, device, "a name such as /dev/sdf is expected");
        }
    }

    private static void requireFree(Snapshot snapshot, Vm vm, String device) {
        if (snapshot.volumes().ofVm(vm.id()).stream()
                .anyMatch(other -> other.link().orElseThrow().device().equals(device))) {
            throw Refusal.badValue(
                    Parameter.DEVICE, device, "the %s '%s' has a volume there already", Noun.VM, vm.id());
        }
    }

    private static void requireUnlinked(Volume volume) {
        volume.link().ifPresent(link -> {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The volume '%s' is linked to the %s '%s': it must be unlinked first.",
                            volume.id(),
                            Noun.VM,
                            link.vm())
                    .about(volume.id());
        });
    }

    private static void record(UnitOfWork unit, EventType type, Volume volume, String detail) {
        unit.record(new Fact(type, volume.id().value(), Set.of(volume.owner()), Set.of(), detail));
    }
}
