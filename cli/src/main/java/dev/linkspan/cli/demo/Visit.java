package dev.linkspan.cli.demo;

import dev.linkspan.cli.wire.Machine;
import java.io.PrintWriter;
import java.util.List;

/** How to look around in a demo that was kept. */
record Visit(DemoServer stage, List<Site> sites) {

    void tell(PrintWriter out) {
        out.println();
        out.println("The server goes on. To look around:");
        out.println();
        out.println("  export LINKSPAN_URL=" + stage.server().awaitReady());
        out.println("  export LINKSPAN_DATA=" + stage.data());
        out.println("  ./linkspan status                                # the web console: %s/cockpit/"
                .formatted(stage.server().awaitReady()));
        for (Site site : sites) {
            for (Machine machine : site.machines()) {
                out.println("  ./linkspan vm exec %s -- ip address    # %s, %s"
                        .formatted(machine.id(), machine.name(), machine.address()));
            }
        }
        out.println();
        for (Tenant tenant : sites.stream().map(Site::owner).distinct().toList()) {
            out.println("  %s: account %s, access key %s"
                    .formatted(tenant.name(), tenant.accountId(), tenant.key().id()));
            out.println("    secret key %s".formatted(tenant.key().secret()));
        }
        out.println();
        out.println("To end it:");
        out.println("  kill %d && ./linkspan cleanup && rm -r %s"
                .formatted(stage.server().pid(), stage.data()));
        out.flush();
    }
}
