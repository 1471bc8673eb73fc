package dev.linkspan.server.network;

import dev.linkspan.core.port.Lease;
import java.util.function.Supplier;

/** A network that a driver makes, as a reconciler has it do. */
public interface DriverKind extends NetworkKind {

    /** Takes over what an earlier process left of this server's network, undisturbed. */
    Driver openDriver(DriverSettings settings);

    @Override
    default boolean carriesPackets() {
        return true;
    }

    @Override
    default Network open(NetworkContext context) {
        return context.lease()
                .<Network>map(shared -> new LeasedNetwork(shared.get(), carrier(), () -> driven(context, shared)))
                .orElseGet(() -> driven(context, () -> Lease.ALWAYS));
    }

    private Network driven(NetworkContext context, Supplier<Lease> lease) {
        Driver driver = openDriver(context.driver());
        Reconciler reconciler =
                new Reconciler(context.store(), context.regions(), driver, lease.get(), context.verifyEvery());
        return new DrivenNetwork(name(), driver, reconciler);
    }
}
