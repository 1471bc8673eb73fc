import type { Planned, RuleArguments } from '../api/requests.ts';
import type { NetPeering, RouteTable, Rule, SecurityGroup, Side, Subnet } from '../api/schema.ts';
import { contains, parseCidr } from './cidr.ts';
import { otherSide } from './peering.ts';

/** Traffic that the other side is to be allowed: a protocol, and the ports that it needs (an ICMP type for ping). */
export type Service = { id: string; label: string; protocol: string; from: number; to: number };

export const SERVICES: readonly Service[] = [
  { id: 'ping', label: 'Ping', protocol: 'icmp', from: 8, to: -1 },
  { id: 'ssh', label: 'SSH (tcp 22)', protocol: 'tcp', from: 22, to: 22 },
  { id: 'https', label: 'HTTPS (tcp 443)', protocol: 'tcp', from: 443, to: 443 },
  { id: 'http', label: 'HTTP (tcp 80)', protocol: 'tcp', from: 80, to: 80 },
  { id: 'dns', label: 'DNS (udp 53)', protocol: 'udp', from: 53, to: 53 },
  { id: 'postgres', label: 'PostgreSQL (tcp 5432)', protocol: 'tcp', from: 5432, to: 5432 },
];

/** One thing to do on one's own side, or that is done already. */
export type Step = { done: boolean; why: string; planned: Planned };

/** The tables that carry a Subnet's traffic: those linked to one, and the main one unless every Subnet has its own. */
export function tablesInUse(
  netId: string,
  tables: readonly RouteTable[],
  subnets: readonly Subnet[],
): RouteTable[] {
  const ofNet = tables.filter((table) => table.NetId === netId);
  const linked = new Set(
    ofNet.flatMap((table) => table.LinkRouteTables.flatMap((link) => link.SubnetId ?? [])),
  );
  const mainIsUsed = subnets.some((subnet) => subnet.NetId === netId && !linked.has(subnet.SubnetId));
  return ofNet.filter((table) =>
    table.LinkRouteTables.some((link) => (link.Main ? mainIsUsed : link.SubnetId !== undefined)),
  );
}

/** A route to the peer in each table that is used; one that leads elsewhere is pointed at the peering. */
export function routeSteps(
  peering: NetPeering,
  netId: string,
  tables: readonly RouteTable[],
  subnets: readonly Subnet[],
): Step[] {
  const peer = otherSide(peering, netId);
  return tablesInUse(netId, tables, subnets).map((table) => {
    const args = {
      RouteTableId: table.RouteTableId,
      DestinationIpRange: peer.IpRange,
      NetPeeringId: peering.NetPeeringId,
    };
    const existing = table.Routes.find((route) => route.DestinationIpRange === peer.IpRange);
    const leads = existing?.NetPeeringId === peering.NetPeeringId;
    return {
      done: leads,
      why: `so that packets to ${peer.IpRange} take the peering`,
      planned:
        existing === undefined || leads ? { call: 'CreateRoute', args } : { call: 'UpdateRoute', args },
    };
  });
}

/** A rule for each service in each chosen group, for the peer's range and nothing more. */
export function ruleSteps(
  peer: Side,
  groups: readonly SecurityGroup[],
  services: readonly Service[],
): Step[] {
  return groups.flatMap((group) =>
    services.map((service) => {
      const args: RuleArguments = {
        SecurityGroupId: group.SecurityGroupId,
        Flow: 'Inbound',
        IpProtocol: service.protocol,
        FromPortRange: service.from,
        ToPortRange: service.to,
        IpRange: peer.IpRange,
      };
      return {
        done: group.InboundRules.some((rule) => allows(rule, args)),
        why: `so that ${peer.IpRange} may reach ${service.label} of ${group.SecurityGroupName}`,
        planned: { call: 'CreateSecurityGroupRule', args },
      };
    }),
  );
}

/** Whether a rule that exists allows all that another one would. */
export function allows(rule: Rule, wanted: RuleArguments): boolean {
  return (
    allowsTraffic(rule, wanted) && (rule.IpRanges ?? []).some((range) => covers(range, wanted.IpRange ?? ''))
  );
}

function allowsTraffic(rule: Rule, wanted: RuleArguments): boolean {
  if (rule.IpProtocol === '-1') {
    return true;
  }
  const every = rule.FromPortRange === -1;
  const from = wanted.FromPortRange ?? -1;
  const to = wanted.ToPortRange ?? -1;
  if (rule.IpProtocol !== wanted.IpProtocol) {
    return false;
  }
  if (wanted.IpProtocol === 'icmp') {
    return every || (rule.FromPortRange === from && (rule.ToPortRange === -1 || rule.ToPortRange === to));
  }
  return every || (rule.FromPortRange <= from && to <= rule.ToPortRange);
}

function covers(outer: string, inner: string): boolean {
  const one = parseCidr(outer);
  const other = parseCidr(inner);
  return one !== undefined && other !== undefined && contains(one, other);
}

/** What the other owner has to do, as a text that can be sent to them. */
export function messageToPeer(peering: NetPeering, mine: Side, services: readonly Service[]): string {
  const theirs = otherSide(peering, mine.NetId);
  const pending =
    peering.State.Name === 'pending-acceptance' && peering.AccepterNet.NetId === theirs.NetId
      ? [`1. Accept the request: AcceptNetPeering {"NetPeeringId":"${peering.NetPeeringId}"}`]
      : [];
  const number = (step: number) => `${step + pending.length}.`;
  return [
    `Net peering ${peering.NetPeeringId}: ${mine.IpRange} (${mine.NetId}) and ${theirs.IpRange} (${theirs.NetId}).`,
    'For packets to pass, this is left to do on your side:',
    '',
    ...pending,
    `${number(1)} In each route table that your Subnets use, a route back:`,
    `   CreateRoute {"RouteTableId":"rtb-...","DestinationIpRange":"${mine.IpRange}","NetPeeringId":"${peering.NetPeeringId}"}`,
    `${number(2)} In the security groups of the machines that we should reach, rules for ${mine.IpRange}, such as:`,
    ...(services.length > 0 ? services : SERVICES.slice(0, 1)).map(
      ({ protocol, from, to }) =>
        `   CreateSecurityGroupRule {"SecurityGroupId":"sg-...","Flow":"Inbound","IpProtocol":"${protocol}",` +
        `"FromPortRange":${from},"ToPortRange":${to},"IpRange":"${mine.IpRange}"}`,
    ),
  ].join('\n');
}
