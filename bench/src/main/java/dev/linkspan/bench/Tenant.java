package dev.linkspan.bench;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;

/** An account and whoever signs its calls. */
record Tenant(String account, Caller caller) {

    /** Makes a call that has to go well. */
    Answer ask(String name, Object... namesAndValues) {
        return caller.ask(name, namesAndValues);
    }

    /** Asks for a peering with another tenant's Net and returns its id. */
    String requestPeering(String net, Tenant other, String otherNet) {
        return ask("CreateNetPeering", "SourceNetId", net, "AccepterNetId", otherNet, "AccepterOwnerId", other.account)
                .text("NetPeering", "NetPeeringId");
    }

    void acceptPeering(String peering) {
        ask("AcceptNetPeering", "NetPeeringId", peering);
    }
}
