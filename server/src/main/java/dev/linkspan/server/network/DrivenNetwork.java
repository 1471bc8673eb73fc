package dev.linkspan.server.network;

import dev.linkspan.core.id.NetId;
import dev.linkspan.core.id.VmId;
import dev.linkspan.core.port.ProbeAnswer;
import dev.linkspan.core.port.ProbePacket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The network that this process carries: a reconciler at work, and the driver that it works with. */
final class DrivenNetwork implements Network {

    private final String name;
    private final Driver driver;
    private final Reconciler reconciler;

    /** @param name of the driver, for the report */
    DrivenNetwork(String name, Driver driver, Reconciler reconciler) {
        this.name = name;
        this.driver = driver;
        this.reconciler = reconciler;
    }

    @Override
    public void start() {
        reconciler.start();
    }

    @Override
    public Report report() {
        return new Report(new Carrier(name, true, driver.particulars()), false, reconciler.progress());
    }

    @Override
    public ProbeAnswer probe(VmId from, ProbePacket packet) {
        return driver.probe(from, packet);
    }

    @Override
    public Optional<FlowTable> flowTable(NetId net) {
        return driver.flowTable(net);
    }

    @Override
    public Map<NetId, FlowTable> flowTables() {
        return driver.flowTables();
    }

    @Override
    public List<String> ended() {
        return reconciler.ended();
    }

    @Override
    public void close() {
        reconciler.close();
    }
}
