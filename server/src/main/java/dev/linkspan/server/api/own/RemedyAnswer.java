package dev.linkspan.server.api.own;

import dev.linkspan.core.address.Cidr;
import dev.linkspan.core.address.Ipv4;
import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.InternetServiceId;
import dev.linkspan.core.id.NetPeeringId;
import dev.linkspan.core.id.PublicIpId;
import dev.linkspan.core.reachability.Remedy;
import dev.linkspan.core.securitygroup.Direction;
import dev.linkspan.core.securitygroup.Traffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that removes what stops a packet, as it would be sent.
 *
 * @param accountId whose call it is; absent for the operator's
 * @param arguments what the other owner has to fill in stands in pointed brackets
 * @param command how the AWS CLI makes the call, where only the EC2 API has it
 * @param ask what to ask the other owner for, where the call is not the viewer's to know
 */
record RemedyAnswer(
        Optional<AccountId> accountId,
        String call,
        Map<String, Object> arguments,
        Optional<String> command,
        Optional<String> ask) {

    private static final String NEW_PEERING = "<the NetPeeringId that CreateNetPeering answers>";

    private static final String NEW_INTERNET_SERVICE = "<the InternetServiceId that CreateInternetService answers>";
    private static final String NEW_PUBLIC_IP = "<the PublicIpId that CreatePublicIp answers>";

    static RemedyAnswer of(Remedy remedy) {
        return switch (remedy) {
            case Remedy.CreateRoute(var _, var table, var destination, var target) ->
                call(remedy, "CreateRoute", route(table.value(), destination, target));
            case Remedy.UpdateRoute(var _, var table, var destination, var target) ->
                call(remedy, "UpdateRoute", route(table.value(), destination, target));
            case Remedy.DeleteRoute(var _, var table, var destination) ->
                call(
                        remedy,
                        "DeleteRoute",
                        named("RouteTableId", table.value(), "DestinationIpRange", destination.toString()));
            case Remedy.CreateRule(var _, var group, var direction, var traffic, var range) ->
                call(remedy, "CreateSecurityGroupRule", rule(group.value(), direction, traffic, range));
            case Remedy.CreateAclEntry entry ->
                new RemedyAnswer(
                        remedy.by(),
                        "CreateNetworkAclEntry",
                        entry(entry),
                        Optional.of(command(entry)),
                        Optional.empty());
            case Remedy.CreatePeering peering -> call(remedy, "CreateNetPeering", request(peering));
            case Remedy.AcceptPeering(var _, var peering) ->
                call(remedy, "AcceptNetPeering", named("NetPeeringId", id(peering)));
            case Remedy.CreateInternetService _ -> call(remedy, "CreateInternetService", named());
            case Remedy.LinkInternetService(var _, var service, var net) ->
                call(remedy, "LinkInternetService", named("InternetServiceId", service(service), "NetId", net.value()));
            case Remedy.CreatePublicIp _ -> call(remedy, "CreatePublicIp", named());
            case Remedy.LinkPublicIp link -> call(remedy, "LinkPublicIp", link(link));
            case Remedy.StartVm(var _, var vm) -> call(remedy, "StartVms", named("VmIds", List.of(vm.value())));
            case Remedy.UncheckSource(var _, var vm) ->
                call(remedy, "UpdateVm", named("VmId", vm.value(), "IsSourceDestChecked", false));
            case Remedy.HealSubregion(var subregion) ->
                call(remedy, "HealSubregion", named("SubregionName", subregion.value()));
            case Remedy.LetIn(var _, var _, var address, var traffic, var range) ->
                asked(
                        remedy,
                        "CreateSecurityGroupRule",
                        rule(groupOf(address), Direction.INBOUND, traffic, range),
                        "let %s from %s in to %s, and have a machine run there"
                                .formatted(words(traffic), range, address));
            case Remedy.LeadThrough(var _, var _, var address, var destination, var peering) ->
                asked(
                        remedy,
                        "CreateRoute",
                        route(
                                "<the route table of the Subnet of %s>".formatted(address),
                                destination,
                                new Remedy.Target.Peering(Optional.of(peering))),
                        "lead %s to %s in the route table of the Subnet of %s"
                                .formatted(destination, peering, address));
        };
    }

    private static Map<String, Object> request(Remedy.CreatePeering peering) {
        return named(
                "SourceNetId",
                peering.source().value(),
                "AccepterNetId",
                peering.accepter().value(),
                "AccepterOwnerId",
                peering.accepterOwner().value());
    }

    private static Map<String, Object> link(Remedy.LinkPublicIp link) {
        return named(
                "PublicIpId",
                link.publicIp().map(PublicIpId::value).orElse(NEW_PUBLIC_IP),
                "NicId",
                link.nic().value(),
                "PrivateIp",
                link.privateAddress().toString());
    }

    private static String words(Traffic traffic) {
        return traffic.protocolName().equals("-1")
                ? "everything"
                : traffic.firstShown() < 0
                        ? traffic.protocolName()
                        : traffic.protocolName() + "/" + traffic.firstShown();
    }

    private static String groupOf(Ipv4 address) {
        return "<a security group of %s>".formatted(address);
    }

    private static RemedyAnswer call(Remedy remedy, String call, Map<String, Object> arguments) {
        return new RemedyAnswer(remedy.by(), call, arguments, Optional.empty(), Optional.empty());
    }

    private static RemedyAnswer asked(Remedy remedy, String call, Map<String, Object> arguments, String ask) {
        return new RemedyAnswer(remedy.by(), call, arguments, Optional.empty(), Optional.of(ask));
    }

    private static String id(Optional<NetPeeringId> peering) {
        return peering.map(NetPeeringId::value).orElse(NEW_PEERING);
    }

    private static String service(Optional<InternetServiceId> service) {
        return service.map(InternetServiceId::value).orElse(NEW_INTERNET_SERVICE);
    }

    private static Map<String, Object> route(String table, Cidr destination, Remedy.Target target) {
        Map<String, Object> arguments = named("RouteTableId", table, "DestinationIpRange", destination.toString());
        switch (target) {
            case Remedy.Target.Peering(var peering) -> arguments.put("NetPeeringId", id(peering));
            case Remedy.Target.InternetService(var service) -> arguments.put("GatewayId", service(service));
            case Remedy.Target.NatService(var service) -> arguments.put("NatServiceId", service.value());
        }
        return arguments;
    }

    private static Map<String, Object> rule(String group, Direction direction, Traffic traffic, Cidr range) {
        return named(
                "SecurityGroupId",
                group,
                "Flow",
                direction == Direction.INBOUND ? "Inbound" : "Outbound",
                "IpProtocol",
                traffic.protocolName(),
                "FromPortRange",
                traffic.firstShown(),
                "ToPortRange",
                traffic.lastShown(),
                "IpRange",
                range.toString());
    }

    /** As the EC2 API takes it: the OUTSCALE API has no network ACLs. */
    private static Map<String, Object> entry(Remedy.CreateAclEntry entry) {
        Map<String, Object> arguments = named(
                "NetworkAclId",
                entry.acl().value(),
                "RuleNumber",
                entry.number(),
                "Egress",
                entry.direction() == Direction.OUTBOUND,
                "RuleAction",
                "allow",
                "Protocol",
                entry.traffic().protocolName(),
                "CidrBlock",
                entry.range().toString());
        switch (entry.traffic()) {
            case Traffic.Ports(int _, int from, int to) ->
                arguments.putAll(named("PortRange.From", from, "PortRange.To", to));
            case Traffic.Icmp(int type, int code) -> arguments.putAll(named("Icmp.Type", type, "Icmp.Code", code));
            case Traffic.All _, Traffic.Other _ -> {}
        }
        return arguments;
    }

    private static String command(Remedy.CreateAclEntry entry) {
        String details = switch (entry.traffic()) {
            case Traffic.Ports(int _, int from, int to) -> " --port-range From=%d,To=%d".formatted(from, to);
            case Traffic.Icmp(int type, int code) -> " --icmp-type-code Type=%d,Code=%d".formatted(type, code);
            case Traffic.All _, Traffic.Other _ -> "";
        };
        return "aws ec2 create-network-acl-entry --network-acl-id %s --%s --rule-number %d --protocol %s%s --cidr-block %s --rule-action allow"
                .formatted(
                        entry.acl(),
                        entry.direction() == Direction.OUTBOUND ? "egress" : "ingress",
                        entry.number(),
                        entry.traffic().protocolName(),
                        details,
                        entry.range());
    }

    /** In the order given: people read them. */
    private static Map<String, Object> named(Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }
}
