package dev.linkspan.core.operation;

import dev.linkspan.core.account.Quota;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.address.MacAddress;
import dev.linkspan.core.event.EventType;
import dev.linkspan.core.event.Fact;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.NicId;
import dev.linkspan.core.id.NicLinkId;
import dev.linkspan.core.id.ResourceId;
import dev.linkspan.core.id.SecurityGroupId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.internet.NatService;
import dev.linkspan.core.net.AddressChoice;
import dev.linkspan.core.net.NewNic;
import dev.linkspan.core.net.Nic;
import dev.linkspan.core.net.NicChange;
import dev.linkspan.core.net.NicLink;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.port.Snapshot;
import dev.linkspan.core.port.UnitOfWork;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Noun;
import dev.linkspan.core.wording.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations on NICs: making, changing, linking to VMs, deleting. Their addresses are {@link NicAddresses}'. */
public final class Nics {

    /** A NIC in a Subnet of the caller's, linked to nothing. */
    public Nic create(UnitOfWork unit, AccountId caller, NewNic wanted) {
        Subnet subnet = Visible.subnet(unit, caller, Parameter.SUBNET, wanted.subnet());
        Quotas.requireRoom(unit, caller, Quota.NICS, unit.nics()::countOfOwner);
        return made(unit, subnet, wanted, FreeAddresses.of(unit, subnet), Optional.empty());
    }

    public Nic update(UnitOfWork unit, AccountId caller, NicId id, NicChange change) {
        Nic before = changeable(unit, caller, id);
        Nic after = before.withDescription(change.description().orElse(before.description()))
                .withGroups(change.groups()
                        .map(groups -> NicGroups.replacing(unit, caller, before.net(), groups))
                        .orElse(before.groups()))
                .withSourceDestChecked(change.sourceDestChecked().orElse(before.sourceDestChecked()))
                .withLink(change.link()
                        .map(link -> Optional.of(changedLink(before, link)))
                        .orElse(before.link()));
        return savedIfChanged(unit, before, after);
    }

    private static NicLink changedLink(Nic nic, NicChange.LinkChange change) {
        NicLink link = nic.link()
                .filter(it -> it.id().equals(change.id()))
                .orElseThrow(() -> Refusal.unknown(Parameter.NIC_LINK, change.id()));
        return new NicLink(link.id(), link.vm(), link.deviceNumber(), change.deleteOnVmDeletion());
    }

    /** Puts a free NIC into a VM of the same Net and Subregion; it outlives the VM, until told otherwise. */
    public Nic link(UnitOfWork unit, AccountId caller, NicId id, VmId vmId, int deviceNumber) {
        requireDeviceNumber(deviceNumber, 1);
        Nic nic = changeable(unit, caller, id);
        Vm vm = Visible.vm(unit, caller, Parameter.VM, vmId);
        if (!vm.exists()) {
            throw new Refusal(
                            RefusalCode.INVALID_STATE,
                            "The %s '%s' is terminated: no %s can be linked to it.",
                            Noun.VM,
                            vmId,
                            Noun.NIC)
                    .about(vmId);
        }
        requireFree(unit.nics().ofVm(vmId), vmId, deviceNumber);
        return linked(unit, nic, vm, deviceNumber);
    }

    /** The NIC that is meant by a VM; one that has several says nothing about which is. */
    static Nic only(Snapshot snapshot, Vm vm) {
        if (!vm.exists()) {
            throw new Refusal(
                            RefusalCode.INVALID_STATE,
                            "The %s '%s' is terminated: it has no %s.",
                            Noun.VM,
                            vm.id(),
                            Noun.NIC)
                    .about(vm.id());
        }
        List<Nic> nics = snapshot.nics().ofVm(vm.id());
        if (nics.size() > 1) {
            throw new Refusal(
                            RefusalCode.SEVERAL_NICS,
                            "The %s '%s' has %d %s, so the one that is meant must be named.",
                            Noun.VM,
                            vm.id(),
                            nics.size(),
                            Noun.NICS)
                    .about(vm.id());
        }
        return nics.getFirst();
    }

    /** Links a NIC that must be free, and in the VM's Net and Subregion. */
    static Nic linked(UnitOfWork unit, Nic nic, Vm vm, int deviceNumber) {
        requireUnlinked(nic);
        requireWithin(unit, nic, vm);
        Nic linked = nic.withLink(Optional.of(new NicLink(unit.newId(NicLinkId.KIND), vm.id(), deviceNumber, false)));
        unit.nics().save(linked);
        record(unit, EventType.NIC_LINKED, linked, "linked to %s as device %d".formatted(vm.id(), deviceNumber));
        return linked;
    }

    /** Takes a NIC out of its VM; the primary one stays as long as the VM. Public IPs stay linked to the NIC. */
    public Nic unlink(UnitOfWork unit, AccountId caller, NicLinkId id) {
        Nic nic = unit.nics()
                .findByLink(id)
                .filter(found -> found.owner().equals(caller))
                .orElseThrow(() -> Refusal.unknown(Parameter.NIC_LINK, id));
        if (nic.link().filter(NicLink::primary).isPresent()) {
            throw Refusal.badValue(
                    Parameter.NIC_LINK, id, "the primary %s of %s cannot be unlinked", Noun.NIC, Noun.A_VM);
        }
        return unlinked(unit, nic);
    }

    static Nic unlinked(UnitOfWork unit, Nic nic) {
        Nic unlinked = nic.withLink(Optional.empty());
        unit.nics().save(unlinked);
        String vm = nic.link().map(link -> link.vm().value()).orElse("nothing");
        record(unit, EventType.NIC_UNLINKED, unlinked, "unlinked from " + vm);
        return unlinked;
    }

    public void delete(UnitOfWork unit, AccountId caller, NicId id) {
        Nic nic = changeable(unit, caller, id);
        requireUnlinked(nic);
        deleted(unit, nic);
    }

    static void deleted(UnitOfWork unit, Nic nic) {
        PublicIpLinks.end(unit, nic, nic.addresses());
        unit.tags().deleteOfResource(nic.id());
        unit.nics().delete(nic.id());
        record(unit, EventType.NIC_DELETED, nic, "deleted");
    }

    /** A new NIC as wanted, in a Subnet that its owner may use. */
    static Nic made(UnitOfWork unit, Subnet subnet, NewNic wanted, FreeAddresses free, Optional<NicLink> link) {
        NicId id = unit.newId(NicId.KIND);
        List<SecurityGroupId> groups =
                NicGroups.chosen(unit, subnet.owner(), subnet.net(), wanted.groups(), wanted.groupNames());
        Nic nic = new Nic(
                id,
                subnet.owner(),
                subnet.net(),
                subnet.id(),
                macOf(id),
                wanted.description(),
                free.take(wanted.addresses()),
                groups,
                true,
                link,
                Optional.empty(),
                unit.now());
        return saved(unit, nic);
    }

    /** The NIC that a new NAT service names as its own. */
    static Nic madeFor(UnitOfWork unit, NatService service, Subnet subnet, Optional<Ipv4> address) {
        Nic nic = new Nic(
                service.nic(),
                subnet.owner(),
                subnet.net(),
                subnet.id(),
                macOf(service.nic()),
                "Interface for NAT Gateway " + service.id(),
                FreeAddresses.of(unit, subnet).take(new AddressChoice(address, List.of(), 0)),
                List.of(),
                false,
                Optional.empty(),
                Optional.of(service.id()),
                unit.now());
        return saved(unit, nic);
    }

    private static Nic saved(UnitOfWork unit, Nic made) {
        unit.nics().save(made);
        record(unit, EventType.NIC_CREATED, made, "%s in %s".formatted(made.primaryAddress(), made.subnet()));
        return made;
    }

    /** A NIC that the caller may change: a NAT service's is that service's alone. */
    static Nic changeable(Snapshot snapshot, AccountId caller, NicId id) {
        Nic nic = Visible.nic(snapshot, caller, Parameter.NIC, id);
        nic.natService().ifPresent(service -> {
            throw new Refusal(
                            RefusalCode.MANAGED,
                            "The %s '%s' belongs to the %s '%s': it stays as it is, and goes with that.",
                            Noun.NIC,
                            id,
                            Noun.NAT_SERVICE,
                            service)
                    .about(id);
        });
        return nic;
    }

    /** A locally administered address (IEEE 802) with the digits of the id, so that it is as unique as the id. */
    private static MacAddress macOf(NicId id) {
        String digits = id.value().substring(NicId.KIND.prefix().length());
        String last = digits.substring(Math.max(0, digits.length() - 10));
        return new MacAddress(0x06L << 40 | Long.parseLong(last, 16));
    }

    static Nic savedIfChanged(UnitOfWork unit, Nic before, Nic after) {
        if (after.equals(before)) {
            return before;
        }
        unit.nics().save(after);
        List<SecurityGroupId> groups = new ArrayList<>(before.groups());
        groups.addAll(after.groups());
        unit.record(fact(unit, EventType.NIC_CHANGED, after, groups, "changed"));
        return after;
    }

    private static void record(UnitOfWork unit, EventType type, Nic nic, String detail) {
        unit.record(fact(unit, type, nic, nic.groups(), detail));
    }

    private static Fact fact(UnitOfWork unit, EventType type, Nic nic, List<SecurityGroupId> groups, String detail) {
        return new Fact(
                type, nic.id().value(), Set.of(nic.owner()), AffectedNets.byNic(unit, nic.net(), groups), detail);
    }

    /** What its owner takes out of a Subnet's way to get the NIC out of it: itself, or the NAT service whose it is. */
    static ResourceId seenAs(Nic nic) {
        return nic.natService().<ResourceId>map(id -> id).orElse(nic.id());
    }

    static void requireDeviceNumber(int number, int first) {
        if (number < first || number > NicLink.LAST_DEVICE_NUMBER) {
            throw Refusal.badValue(
                    Parameter.DEVICE_NUMBER, number, "%d to %d is expected", first, NicLink.LAST_DEVICE_NUMBER);
        }
    }

    private static void requireFree(List<Nic> linked, VmId vm, int deviceNumber) {
        linked.stream()
                .filter(other -> other.link()
                        .filter(it -> it.deviceNumber() == deviceNumber)
                        .isPresent())
                .findFirst()
                .ifPresent(other -> {
                    throw new Refusal(
                                    RefusalCode.CONFLICT,
                                    "The %s '%s' has the %s '%s' with the %s %d already.",
                                    Noun.VM,
                                    vm,
                                    Noun.NIC,
                                    other.id(),
                                    Parameter.DEVICE_NUMBER,
                                    deviceNumber)
                            .about(vm);
                });
    }

    private static void requireUnlinked(Nic nic) {
        nic.link().ifPresent(link -> {
            throw new Refusal(
                            RefusalCode.CONFLICT,
                            "The %s '%s' is linked to the %s '%s': it must be unlinked first.",
                            Noun.NIC,
                            nic.id(),
                            Noun.VM,
                            link.vm())
                    .about(nic.id());
        });
    }

    private static void requireWithin(Snapshot snapshot, Nic nic, Vm vm) {
        Subnet subnet = snapshot.subnets()
                .find(nic.subnet())
                .orElseThrow(() -> new IllegalStateException("BUG: %s has no Subnet".formatted(nic.id())));
        requireWithin(subnet, vm);
    }

    /** The NICs of a VM are all in one Net and in one Subregion. */
    static void requireWithin(Subnet subnet, Vm vm) {
        if (!subnet.net().equals(vm.net()) || !subnet.subregion().equals(vm.subregion())) {
            throw new Refusal(
                            RefusalCode.BAD_VALUE,
                            "A %s in the Subnet '%s' (%s, %s) cannot be linked to the %s '%s' (%s, %s): they must be in the same %s and %s.",
                            Noun.NIC,
                            subnet.id(),
                            subnet.net(),
                            subnet.subregion(),
                            Noun.VM,
                            vm.id(),
                            vm.net(),
                            vm.subregion(),
                            Noun.NET,
                            Noun.SUBREGION)
                    .about(subnet.id());
        }
    }
}
