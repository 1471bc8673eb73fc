package dev.linkspan.core.port;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.id.VolumeId;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.net.Net;
import dev.linkspan.core.net.Subnet;
import dev.linkspan.core.net.Vm;
import dev.linkspan.core.volume.Volume;
import dev.linkspan.core.volume.VolumeLink;
import dev.linkspan.core.volume.VolumeSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes, launch templates, and which Nets and Subnets are the default ones. */
public abstract class StoredVolumesContract extends StoreContract {

    private static final VolumeSpec PLAIN = new VolumeSpec(
            1, "standard", Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

    private static final VolumeSpec FULL = new VolumeSpec(
            20,
            "gp3",
            Optional.of(3_000),
            Optional.of(125),
            true,
            Optional.of("snap-00000001"),
            Optional.of("it's \"mine\" ~"));

    private AccountId owner;
    private AccountId stranger;
    private Vm vm;

    @BeforeEach
    void populate() {
        owner = fixture.account();
        stranger = fixture.account();
        vm = fixture.bareVm(fixture.subnet(fixture.bareNet(owner, "10.0.0.0/16"), "10.0.1.0/24"));
    }

    private void write(Consumer<UnitOfWork> work) {
        fixture.change(unit -> {
            work.accept(unit);
            return true;
        });
    }

    private Volume volume(int id, VolumeSpec spec) {
        return new Volume(
                VolumeId.KIND.of(id),
                owner,
                Fixture.SUBREGION,
                spec,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                fixture.now());
    }

    private Volume linked(int id, String device) {
        return volume(id, FULL).withLink(Optional.of(new VolumeLink(vm.id(), device, true, fixture.now())));
    }

    @Test
    void a_volume_is_read_as_it_was_saved() {
        Volume plain = new Volume(
                VolumeId.KIND.of(7),
                owner,
                Fixture.SUBREGION,
                PLAIN,
                Optional.empty(),
                Optional.of("once"),
                Optional.empty(),
                fixture.now());
        Volume full = linked(8, "/dev/sdf").withSpec(FULL, fixture.now());
        write(unit -> unit.volumes().save(plain));
        write(unit -> unit.volumes().save(full));

        assertOne(snapshot -> snapshot.volumes().find(plain.id())).contains(plain);
        assertOne(snapshot -> snapshot.volumes().find(full.id())).contains(full);
        assertOne(snapshot -> snapshot.volumes().find(VolumeId.KIND.of(-1))).isEmpty();
        assertList(snapshot -> snapshot.volumes().ofOwner(owner)).containsExactly(plain, full);
        assertList(snapshot -> snapshot.volumes().ofOwner(stranger)).isEmpty();
        assertList(snapshot -> snapshot.volumes().ofVm(vm.id())).containsExactly(full);
        assertList(snapshot -> snapshot.volumes().ofVm(VmId.KIND.of(-1))).isEmpty();
        assertOne(snapshot -> snapshot.volumes().ofClientToken(owner, "once")).contains(plain);
        assertOne(snapshot -> snapshot.volumes().ofClientToken(stranger, "once"))
                .isEmpty();
        assertOne(snapshot -> Optional.of(snapshot.volumes().countOfOwner(owner)))
                .contains(2);
    }

    @Test
    void a_volume_is_replaced_and_deleted() {
        Volume full = linked(8, "/dev/sdf");
        write(unit -> unit.volumes().save(full));
        Volume alone = full.withLink(Optional.empty());
        write(unit -> unit.volumes().save(alone));
        assertOne(snapshot -> snapshot.volumes().find(full.id())).contains(alone);
        assertList(snapshot -> snapshot.volumes().ofVm(vm.id())).isEmpty();

        write(unit -> unit.volumes().delete(full.id()));

        assertList(snapshot -> snapshot.volumes().ofOwner(owner)).isEmpty();
    }

    @Test
    void a_device_of_a_vm_has_one_volume_and_the_vm_stays_as_long_as_any() {
        write(unit -> unit.volumes().save(linked(8, "/dev/sdf")));
        write(unit -> unit.volumes().save(linked(9, "/dev/sdg")));

        assertThatThrownBy(() -> write(unit -> unit.volumes().save(linked(10, "/dev/sdf"))))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> write(unit -> unit.vms().delete(vm.id()))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_launch_template_is_read_with_all_its_versions() {
        LaunchTemplate first = new LaunchTemplate(
                LaunchTemplateId.KIND.of(7),
                owner,
                "web",
                1,
                List.of(new LaunchTemplate.Version(1, Optional.of("it's \"first\""), "{}", fixture.now())),
                Optional.of("once"),
                fixture.now());
        LaunchTemplate changed =
                first.withVersion(Optional.empty(), "{ }", fixture.now()).withDefaultVersion(2);
        write(unit -> unit.launchTemplates().save(first));
        write(unit -> unit.launchTemplates().save(changed));

        assertOne(snapshot -> snapshot.launchTemplates().find(first.id())).contains(changed);
        assertList(snapshot -> snapshot.launchTemplates().ofOwner(owner)).containsExactly(changed);
        assertList(snapshot -> snapshot.launchTemplates().ofOwner(stranger)).isEmpty();
        assertOne(snapshot -> Optional.of(snapshot.launchTemplates().countOfOwner(owner)))
                .contains(1);

        write(unit -> unit.launchTemplates().delete(first.id()));

        assertOne(snapshot -> snapshot.launchTemplates().find(first.id())).isEmpty();
    }

    @Test
    void default_nets_and_subnets_are_known_and_to_whom_one_was_given() {
        Net net = fixture.bareNet(owner, "172.31.0.0/16").asDefault();
        Subnet subnet = fixture.subnet(net, "172.31.0.0/20").asDefault();
        write(unit -> {
            unit.nets().save(net);
            unit.subnets().save(subnet);
            unit.nets().setGivenDefault(owner);
            unit.nets().setGivenDefault(owner);
        });

        assertOne(snapshot -> snapshot.nets().find(net.id())).contains(net);
        assertOne(snapshot -> snapshot.subnets().find(subnet.id())).contains(subnet);
        assertOne(snapshot -> Optional.of(snapshot.nets().wasGivenDefault(owner)))
                .contains(true);
        assertOne(snapshot -> Optional.of(snapshot.nets().wasGivenDefault(stranger)))
                .contains(false);
    }
}
