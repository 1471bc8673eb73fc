package dev.linkspan.core.operation;

import dev.linkspan.core.catalogue.Image;
import dev.linkspan.core.catalogue.Images;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.PublicIpPools;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.net.VmChange;
import dev.linkspan.core.net.VmOptions;
import dev.linkspan.core.net.VmSettings;
import dev.linkspan.core.net.VmSettingsChange;
import dev.linkspan.core.net.VmState;
import dev.linkspan.core.net.VmTransition;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import dev.linkspan.core.wording.Sentence;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The operations on VMs. Those that take several do what is asked for all of them, or for none. */
public final class Vms {

    private final PublicIpPools pools;
    private final Images images;
    private final Placement placement;

    /** Of the host's own image alone. */
    public Vms(PublicIpPools pools) {
        this(pools, Images.OF_HOST, Placement.WITHOUT_HOSTS);
    }

    /**
     * @param pools from which VMs get public addresses when they start
     * @param images what there is to make VMs of
     * @param placement where their machines run
     */
    public Vms(PublicIpPools pools, Images images, Placement placement) {
        this.pools = pools;
        this.images = images;
        this.placement = placement;
    }

    /** Makes VMs. An order whose client token was used before is answered with the VMs that it made then. */
    public List<Vm> create(UnitOfWork unit, AccountId caller, VmOrder order) {
        List<Vm> madeBefore = madeBefore(unit, caller, order);
        return madeBefore.isEmpty()
                ? new VmCreation(
                                unit,
                                caller,
                                order,
                                image(order.image()),
                                FreePublicAddresses.of(unit, pools, caller),
                                placement)
                        .run()
                : madeBefore;
    }

    /** Refuses where there is no such image. */
    public void requireImage(ImageId image) {
        image(image);
    }

    private Image image(ImageId image) {
        return images.find(image).orElseThrow(() -> Refusal.unknown(Parameter.IMAGE, image));
    }

    /** The VMs that an order with the same client token has made, in the order of their launch; none without a token. */
    public List<Vm> madeBefore(Snapshot snapshot, AccountId caller, VmOrder order) {
        return order.clientToken().stream()
                .flatMap(token -> snapshot.vms().ofClientToken(caller, token).stream())
                .filter(vm -> vm.visibleAt(snapshot.now()))
                .sorted(Comparator.comparingInt(Vm::launchNumber))
                .toList();
    }

    /** Starts VMs; one that runs stays as it is, and one that has no machine yet is given one. */
    public List<VmTransition> start(UnitOfWork unit, AccountId caller, Collection<VmId> ids) {
        List<Vm> vms = existing(unit, caller, ids, "started");
        FreePublicAddresses free = FreePublicAddresses.of(unit, pools, caller);
        return vms.stream()
                .map(vm -> {
                    placement.place(unit, vm);
                    VmTransition started = entered(unit, vm, VmState.RUNNING, EventType.VM_STARTED);
                    MachineAddresses.give(unit, started.vm(), free);
                    return started;
                })
                .toList();
    }

    /** Stops VMs, none of which is protected against it; one that is stopped stays as it is. */
    public List<VmTransition> stop(UnitOfWork unit, AccountId caller, Collection<VmId> ids) {
        List<Vm> vms = existing(unit, caller, ids, "stopped");
        vms.forEach(Vms::requireStoppable);
        return vms.stream()
                .map(vm -> {
                    MachineAddresses.take(unit, vm);
                    return entered(unit, vm, VmState.STOPPED, EventType.VM_STOPPED);
                })
                .toList();
    }

    /** Restarts VMs that run. */
    public List<Vm> reboot(UnitOfWork unit, AccountId caller, Collection<VmId> ids) {
        List<Vm> vms = existing(unit, caller, ids, "rebooted");
        for (Vm vm : vms) {
            if (vm.state() != VmState.RUNNING) {
                throw notPossible(vm, "rebooted: it is stopped");
            }
            unit.record(fact(EventType.VM_REBOOTED, vm, Set.of(), "rebooted"));
        }
        return vms;
    }

    /** Changes a VM; what its machine is made of only while it is stopped. */
    public Vm update(UnitOfWork unit, AccountId caller, VmId id, VmChange change) {
        Vm before = Visible.vm(unit, caller, Parameter.VM, id);
        requireExisting(before, "changed");
        requireKeypair(unit, caller, change.settings());
        VmSettings settings = change.settings().appliedTo(before.settings());
        if (before.state() == VmState.RUNNING && needsStop(before.settings(), settings)) {
            throw notPossible(
                    before,
                    "changed so while it runs: %s, %s, %s and %s need it stopped",
                    Parameter.VM_TYPE,
                    Parameter.PERFORMANCE,
                    Parameter.USER_DATA,
                    Parameter.NESTED_VIRTUALIZATION);
        }
        unit.nets().find(before.net()).ifPresent(net -> requireVirtualization(settings, net));
        updatePrimaryNic(unit, caller, before, change);
        Vm after = before.withSettings(settings);
        if (!after.equals(before)) {
            unit.vms().save(after);
            unit.record(fact(EventType.VM_CHANGED, after, Set.of(), "changed"));
        }
        return after;
    }

    /** Changes what of its surroundings is chosen for a VM. */
    public Vm choose(UnitOfWork unit, AccountId caller, VmId id, UnaryOperator<VmOptions> change) {
        Vm before = Visible.vm(unit, caller, Parameter.VM, id);
        requireExisting(before, "changed");
        Vm after = before.withOptions(change.apply(before.options()));
        if (!after.equals(before)) {
            unit.vms().save(after);
            unit.record(fact(EventType.VM_CHANGED, after, Set.of(), "changed"));
        }
        return after;
    }

    private static void updatePrimaryNic(UnitOfWork unit, AccountId caller, Vm vm, VmChange change) {
        Nic before = MachineAddresses.primaryNic(unit, vm);
        List<SecurityGroupId> groups = change.groups()
                .map(ids -> NicGroups.replacing(unit, caller, vm.net(), ids))
                .orElse(before.groups());
        boolean checked = change.sourceDestChecked().orElse(before.sourceDestChecked());
        Nics.savedIfChanged(unit, before, before.withGroups(groups).withSourceDestChecked(checked));
    }

    /** Terminates VMs, with the NICs that go with them; one that is terminated stays as it is. */
    public List<VmTransition> delete(UnitOfWork unit, AccountId caller, Collection<VmId> ids) {
        List<Vm> vms = visible(unit, caller, ids);
        vms.forEach(Vms::requireUnprotected);
        return vms.stream()
                .map(vm -> new VmTransition(vm.state(), terminated(unit, vm)))
                .toList();
    }

    private static Vm terminated(UnitOfWork unit, Vm vm) {
        if (!vm.exists()) {
            return vm;
        }
        List<Nic> nics = unit.nics().ofVm(vm.id());
        MachineAddresses.take(unit, vm);
        for (Nic nic : nics) {
            if (nic.link().filter(NicLink::deleteOnVmDeletion).isPresent()) {
                Nics.deleted(unit, nic);
            } else {
                Nics.unlinked(unit, nic);
            }
        }
        Volumes.leave(unit, vm);
        unit.hosts().displace(vm.id());
        Vm terminated = vm.withState(VmState.TERMINATED, unit.now());
        unit.vms().save(terminated);
        unit.record(fact(EventType.VM_DELETED, terminated, touchedBy(unit, vm, nics), "terminated"));
        return terminated;
    }

    /**
     * Forgets the VMs that were terminated an hour ago. Readers never depend on it (T2).
     *
     * @param limit how many VMs at most, so that a change stays short
     * @return how many it forgot; as many as the limit when there may be more
     */
    public int sweep(UnitOfWork unit, int limit) {
        List<Vm> gone = unit.vms().terminatedBy(unit.now().minus(Vm.VISIBLE_AFTER_TERMINATION), limit);
        for (Vm vm : gone) {
            unit.tags().deleteOfResource(vm.id());
            unit.vms().delete(vm.id());
            unit.record(fact(EventType.VM_FORGOTTEN, vm, Set.of(), "no longer visible"));
        }
        return gone.size();
    }

    /** The Nets whose plans a VM's coming or going concerns. */
    static Set<NetId> touchedBy(Snapshot snapshot, Vm vm, List<Nic> nics) {
        Set<NetId> touched = new HashSet<>(Set.of(vm.net()));
        nics.forEach(nic -> touched.addAll(AffectedNets.byNic(snapshot, nic.net(), nic.groups())));
        return touched;
    }

    /** A keypair that is chosen is one of the caller's. */
    static void requireKeypair(Snapshot snapshot, AccountId caller, VmSettingsChange settings) {
        settings.keypair().ifPresent(name -> Keypairs.named(snapshot, caller, name));
    }

    static void requireVirtualization(VmSettings settings, Net net) {
        if (settings.nestedVirtualization() && !net.tenancy().equals(Net.DEDICATED_TENANCY)) {
            throw Refusal.badValue(
                    Parameter.NESTED_VIRTUALIZATION,
                    true,
                    "the tenancy of the %s %s is %s, and it needs dedicated",
                    Noun.NET,
                    net.id(),
                    net.tenancy());
        }
    }

    private static boolean needsStop(VmSettings before, VmSettings after) {
        return !after.type().equals(before.type())
                || !after.performance().equals(before.performance())
                || !after.userData().equals(before.userData())
                || after.nestedVirtualization() != before.nestedVirtualization();
    }

    private static VmTransition entered(UnitOfWork unit, Vm vm, VmState state, EventType type) {
        if (vm.state() == state) {
            return new VmTransition(state, vm);
        }
        Vm changed = vm.withState(state, unit.now());
        unit.vms().save(changed);
        unit.record(fact(type, changed, Set.of(vm.net()), state.label()));
        return new VmTransition(vm.state(), changed);
    }

    private static List<Vm> existing(Snapshot snapshot, AccountId caller, Collection<VmId> ids, String participle) {
        List<Vm> vms = visible(snapshot, caller, ids);
        vms.forEach(vm -> requireExisting(vm, participle));
        return vms;
    }

    private static void requireExisting(Vm vm, String participle) {
        if (!vm.exists()) {
            throw notPossible(vm, participle + ": it is terminated");
        }
    }

    private static List<Vm> visible(Snapshot snapshot, AccountId caller, Collection<VmId> ids) {
        return new LinkedHashSet<>(ids)
                .stream()
                        .map(id -> Visible.vm(snapshot, caller, Parameter.VMS, id))
                        .toList();
    }

    private static void requireUnprotected(Vm vm) {
        if (vm.exists() && vm.settings().deletionProtection()) {
            throw new Refusal(
                            RefusalCode.PROTECTED,
                            "The %s '%s' cannot be deleted: its %s is on.",
                            Noun.VM,
                            vm.id(),
                            Parameter.DELETION_PROTECTION)
                    .about(vm.id());
        }
    }

    private static void requireStoppable(Vm vm) {
        if (vm.state() == VmState.RUNNING && vm.settings().stopProtection()) {
            throw new Refusal(
                            RefusalCode.PROTECTED,
                            "The %s '%s' cannot be stopped: its DisableApiStop, an attribute of the EC2 API, is on.",
                            Noun.VM,
                            vm.id())
                    .about(vm.id());
        }
    }

    private static Refusal notPossible(Vm vm, String what, Object... arguments) {
        return new Refusal(
                        RefusalCode.INVALID_STATE,
                        "The %s '%s' cannot be %s.",
                        Noun.VM,
                        vm.id(),
                        Sentence.of(what, arguments))
                .about(vm.id());
    }

    private static Fact fact(EventType type, Vm vm, Set<NetId> nets, String detail) {
        return new Fact(type, vm.id().value(), Set.of(vm.owner()), nets, detail);
    }
}
