package dev.linkspan.bench;

import dev.linkspan.cli.client.Answer;
import dev.linkspan.cli.client.Caller;

/**
 * An account and whoever signs its calls.
 *
 * @param caller calls the OUTSCALE API
 * @param own calls Linkspan's own API
 * @param ec2 calls the EC2 API
 */
record Tenant(String account, Caller caller, Caller own, Ec2Caller ec2) {

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

    /** The same by the EC2 API. */
    String requestConnection(String net, Tenant other, String otherNet) {
        return ec2.ask(
                "vpcPeeringConnectionId",
                "CreateVpcPeeringConnection",
                "VpcId",
                net,
                "PeerVpcId",
                otherNet,
                "PeerOwnerId",
                other.account);
    }

    void acceptConnection(String peering) {
        ec2.ask("code", "AcceptVpcPeeringConnection", "VpcPeeringConnectionId", peering);
    }
}
