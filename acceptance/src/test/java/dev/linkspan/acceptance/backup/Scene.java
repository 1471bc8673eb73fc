package dev.linkspan.acceptance.backup;

import dev.linkspan.acceptance.Account;
import dev.linkspan.acceptance.LinkspanServer;
import dev.linkspan.cli.client.Json;
import java.util.List;

/** Two accounts with something of every kind, and peerings between them in every state. */
record Scene(Account ada, Account ben) {

    /** Of the type ecdsa-sha2-nistp256, as OpenSSH writes it, in Base64. */
    private static final String PUBLIC_KEY =
            "ZWNkc2Etc2hhMi1uaXN0cDI1NiBBQUFBRTJWalpITmhMWE5vWVRJdGJtbHpkSEF5TlRZQUFBQUlibWx6ZEhBeU5UWUFBQUJC"
                    + "Qk5LcVRPVGRJUEpmcGxiSkgxeTBRVU92NWRscjhXZnNxOEh0dGtTdGFRenpSWVMxbWxuZm8wRHcyaFVRdmw0aFgrUTI4dnE5"
                    + "WWVYWng1YVNmR3dmd3NzPSBhZGFAZXhhbXBsZS5vcmc=";

    static Scene on(LinkspanServer server) {
        Account ada = server.account();
        Account ben = server.account();
        Scene scene = new Scene(ada, ben);
        String hub = ada.inhabitedNet("10.0.0.0/16");
        String expired = ben.inhabitedNet("10.9.0.0/16");
        server.advance("P1D");
        ada.requestPeering(hub, expired, ben).orThrow();
        server.advance("P7D");
        scene.peer(hub);
        scene.furnish(hub, server);
        server.in(LinkspanServer.OTHER_REGION, ada).inhabitedNet("10.3.0.0/16");
        server.operator().ask("FailSubregion", "SubregionName", "eu-west-2b");
        server.operator().ask("UpdateQuota", "AccountId", ada.id(), "Name", "nets", "MaxValue", 77);
        server.advance("PT10M");
        return scene;
    }

    /** One pending, active, rejected, deleted, failed and rejected automatically, each. */
    private void peer(String hub) {
        request(hub, ben.inhabitedNet("10.1.0.0/16"));
        String active = request(hub, ben.inhabitedNet("10.2.0.0/16"));
        ben.ask("AcceptNetPeering", "NetPeeringId", active);
        ben.ask("RejectNetPeering", "NetPeeringId", request(hub, ben.inhabitedNet("10.4.0.0/16")));
        ada.ask("DeleteNetPeering", "NetPeeringId", request(hub, ben.inhabitedNet("10.5.0.0/16")));
        request(hub, ben.inhabitedNet("10.0.8.0/24"));
        String other = ben.inhabitedNet("10.6.0.0/16");
        String there = request(hub, other);
        ben.requestPeering(other, hub, ada).orThrow();
        ben.ask("AcceptNetPeering", "NetPeeringId", there);
        ada.ask("CreateTags", "ResourceIds", List.of(active), "Tags", tags("side", "Ada's \"own\" \uD83D\uDC08"));
        ben.ask("CreateTags", "ResourceIds", List.of(active), "Tags", tags("side", ""));
        ada.ask(
                "CreateRoute",
                "RouteTableId",
                ada.routeTable(hub),
                "DestinationIpRange",
                "10.2.0.0/16",
                "NetPeeringId",
                active);
    }

    private String request(String source, String accepter) {
        return ada.requestPeering(source, accepter, ben).orThrow().text("NetPeering", "NetPeeringId");
    }

    private static Object tags(String key, String value) {
        return List.of(Json.object("Key", key, "Value", value));
    }

    private void furnish(String net, LinkspanServer server) {
        String options = ada.ask(
                        "CreateDhcpOptions", "DomainName", "ada.example", "NtpServers", List.of("10.0.0.9", "10.0.0.8"))
                .text("DhcpOptionsSet", "DhcpOptionsSetId");
        ada.ask("UpdateNet", "NetId", net, "DhcpOptionsSetId", options);
        String made = ada.ask("CreateKeypair", "KeypairName", "Ada's").text("Keypair", "KeypairId");
        ada.ask("CreateKeypair", "KeypairName", "imported", "PublicKey", PUBLIC_KEY);
        String subnet = ada.subnet(net, "10.0.1.0/24");
        String stopped = ada.vm(subnet);
        ada.ask("StopVms", "VmIds", List.of(stopped));
        ada.ask("DeleteVms", "VmIds", List.of(ada.vm(subnet)));
        String nic = ada.ask("CreateNic", "SubnetId", subnet, "Description", "line\nfeed")
                .text("Nic", "NicId");
        ada.ask("LinkPrivateIps", "NicId", nic, "SecondaryPrivateIpCount", 2);
        ada.ask("LinkNic", "NicId", nic, "VmId", stopped, "DeviceNumber", 1);
        String group = ada.ask("CreateSecurityGroup", "NetId", net, "SecurityGroupName", "web", "Description", "d")
                .text("SecurityGroup", "SecurityGroupId");
        ada.ask(
                "CreateSecurityGroupRule",
                "SecurityGroupId",
                group,
                "Flow",
                "Inbound",
                "IpProtocol",
                "tcp",
                "FromPortRange",
                80,
                "ToPortRange",
                81,
                "IpRange",
                "10.2.0.0/16");
        String table = ada.ask("CreateRouteTable", "NetId", net).text("RouteTable", "RouteTableId");
        ada.ask("LinkRouteTable", "RouteTableId", table, "SubnetId", subnet);
        ada.ask(
                "CreateTags",
                "ResourceIds",
                List.of(net, options, made, subnet, nic, group, table),
                "Tags",
                tags("Name", "one"));
        ada.ask("CreateAccessKey", "ExpirationDate", "2040-01-01T00:00:00Z");
        server.operator().ask("CreateAccessKey", "AccountId", ben.id());
    }
}
