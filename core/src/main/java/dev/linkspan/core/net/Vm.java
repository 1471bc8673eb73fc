package dev.linkspan.core.net;

import dev.linkspan.core.catalogue.ImageSystem;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.ImageId;
import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.ReservationId;
import dev.linkspan.core.id.SubnetId;
import dev.linkspan.core.id.SubregionName;
import dev.linkspan.core.id.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine in a Net. Its addresses are its NICs' ({@link Nic#link()}).
 *
 * @param launchNumber its place among the VMs of one CreateVms call, from 0
 * @param system what its image said when it was made
 * @param stateSince when it entered its state
 * @param settings what a client may change and read back, without effect on packets
 * @param options what of its surroundings a client chose and reads back
 * @param publicIp whether its primary NIC has a public address of its own while it runs, unless an account linked one to it
 */
public record Vm(
        VmId id,
        AccountId owner,
        NetId net,
        SubnetId subnet,
        SubregionName subregion,
        ReservationId reservation,
        int launchNumber,
        Optional<String> clientToken,
        ImageId image,
        ImageSystem system,
        VmState state,
        Instant stateSince,
        VmSettings settings,
        VmOptions options,
        boolean publicIp,
        Instant createdAt) {

    /** A terminated VM stays readable for this long: clients wait for that state. */
    public static final Duration VISIBLE_AFTER_TERMINATION = Duration.ofHours(1);

    /** Whether it counts for P6. */
    public boolean exists() {
        return state != VmState.TERMINATED;
    }

    public boolean visibleAt(Instant now) {
        return exists() || now.isBefore(stateSince.plus(VISIBLE_AFTER_TERMINATION));
    }

    public Vm withState(VmState changed, Instant since) {
        return new Vm(
                id,
                owner,
                net,
                subnet,
                subregion,
                reservation,
                launchNumber,
                clientToken,
                image,
                system,
                changed,
                since,
                settings,
                options,
                publicIp,
                createdAt);
    }

    public Vm withSettings(VmSettings changed) {
        return new Vm(
                id,
                owner,
                net,
                subnet,
                subregion,
                reservation,
                launchNumber,
                clientToken,
                image,
                system,
                state,
                stateSince,
                changed,
                options,
                publicIp,
                createdAt);
    }

    public Vm withOptions(VmOptions changed) {
        return new Vm(
                id,
                owner,
                net,
                subnet,
                subregion,
                reservation,
                launchNumber,
                clientToken,
                image,
                system,
                state,
                stateSince,
                settings,
                changed,
                publicIp,
                createdAt);
    }
}
