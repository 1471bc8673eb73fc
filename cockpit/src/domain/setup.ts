import type { Planned, RuleArguments } from '../api/requests.ts';
import type { NetPeering, RouteTable, Rule, SecurityGroup, Side, Subnet } from '../api/schema.ts';
import { contains, parseCidr } from './cidr.ts';
import type { Done } from './health.ts';
import { otherSide } from './peering.ts';
import { trafficWords } from './traffic.ts';

/** Traffic that the other side is to be allowed: a protocol, and the ports that it needs (an ICMP type for ping). */
export type Service = { id: string; label: string; protocol: string; from: number; to: number };

/** What is opened where nothing else was asked for: with it both can see that the peering works. */
export const PING: Service = { id: 'ping', label: 'Ping', protocol: 'icmp', from: 8, to: -1 };

export const SERVICES: readonly Service[] = [
  PING,
  portService('ssh', 'SSH', 22),
  portService('http', 'HTTP', 80),
  portService('https', 'HTTPS', 443),
  portService('postgres', 'PostgreSQL', 5432),
];

function portService(id: string, name: string, port: number): Service {
  return { id, label: `${name} (tcp ${port})`, protocol: 'tcp', from: port, to: port };
}

/** A service that has no name here: a protocol, and a port or several in a row. */
export function otherService(protocol: string, from: number, to: number): Service {
  const known = SERVICES.find((it) => it.protocol === protocol && it.from === from && it.to === to);
  const label = trafficWords({ IpProtocol: protocol, FromPortRange: from, ToPortRange: to });
  return known ?? { id: label, label, protocol, from, to };
}

/** The services that rules open to the peer already, one by one. */
export function servicesOpen(
  peer: Side,
  groups: readonly SecurityGroup[],
  from: SecurityGroup | undefined,
): Service[] {
  const services = groups
    .flatMap((group) => group.InboundRules)
    .filter((rule) => isOfOneService(rule) && admits(rule, peer, from))
    .map((rule) => otherService(rule.IpProtocol, rule.FromPortRange, rule.ToPortRange));
  return unique(services);
}

export function unique(services: readonly Service[]): Service[] {
  return [...new Map(services.map((it) => [it.id, it])).values()];
}

function isOfOneService({ IpProtocol, FromPortRange }: Rule): boolean {
  return IpProtocol === 'icmp' ? FromPortRange === PING.from : FromPortRange !== -1 && IpProtocol !== '-1';
}

/** The group of the peer's Net that a rule names already instead of the peer's range (S5). */
export function groupLetIn(
  groups: readonly SecurityGroup[],
  theirs: readonly SecurityGroup[],
): SecurityGroup | undefined {
  return theirs.find((it) => groups.some((group) => group.InboundRules.some((rule) => names(rule, it))));
}

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

/**
 * A rule for each service in each chosen group, for the peer's range and nothing more: or, where one can see them, for the
 * machines of one of the peer's groups.
 */
export function ruleSteps(
  peer: Side,
  groups: readonly SecurityGroup[],
  services: readonly Service[],
  from?: SecurityGroup,
): Step[] {
  const whom =
    from === undefined ? { IpRange: peer.IpRange } : { SecurityGroupNameToLink: from.SecurityGroupId };
  const who = from === undefined ? peer.IpRange : `machines of ${from.SecurityGroupName}`;
  return groups.flatMap((group) =>
    services.map((service) => {
      const args: RuleArguments = {
        SecurityGroupId: group.SecurityGroupId,
        Flow: 'Inbound',
        IpProtocol: service.protocol,
        FromPortRange: service.from,
        ToPortRange: service.to,
        ...whom,
      };
      return {
        done: group.InboundRules.some((rule) => allowsTraffic(rule, args) && admits(rule, peer, from)),
        why: `so that ${who} may reach machines of ${group.SecurityGroupName}: ${service.label}`,
        planned: { call: 'CreateSecurityGroupRule', args },
      };
    }),
  );
}

/** Whether a rule is for all of the peer's range, or else for the group of the peer's that is asked about. */
function admits(rule: Rule, peer: Side, from: SecurityGroup | undefined): boolean {
  return (
    (rule.IpRanges ?? []).some((range) => covers(range, peer.IpRange)) ||
    (from !== undefined && names(rule, from))
  );
}

function names(rule: Rule, group: SecurityGroup): boolean {
  return (rule.SecurityGroupsMembers ?? []).some((it) => it.SecurityGroupId === group.SecurityGroupId);
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

/** What the other owner has to do, but for what they are known to have done, as a text that can be sent to them. */
export function messageToPeer(
  peering: NetPeering,
  mine: Side,
  services: readonly Service[],
  done: Done = { leads: false, admits: false },
): string {
  const theirs = otherSide(peering, mine.NetId);
  const accept =
    peering.State.Name === 'pending-acceptance' && peering.AccepterNet.NetId === theirs.NetId
      ? [[`Accept the request: AcceptNetPeering {"NetPeeringId":"${peering.NetPeeringId}"}`]]
      : [];
  const route = [
    'In each route table that your Subnets use, a route back:',
    `   CreateRoute {"RouteTableId":"rtb-...","DestinationIpRange":"${mine.IpRange}","NetPeeringId":"${peering.NetPeeringId}"}`,
  ];
  const rules = [
    `In the security groups of the machines that we should reach, rules for ${mine.IpRange}, such as:`,
    ...(services.length > 0 ? services : [PING]).map(
      ({ protocol, from, to }) =>
        `   CreateSecurityGroupRule {"SecurityGroupId":"sg-...","Flow":"Inbound","IpProtocol":"${protocol}",` +
        `"FromPortRange":${from},"ToPortRange":${to},"IpRange":"${mine.IpRange}"}`,
    ),
  ];
  const left = [...accept, ...(done.leads ? [] : [route]), ...(done.admits ? [] : [rules])];
  return [
    `Net peering ${peering.NetPeeringId}: ${mine.IpRange} (${mine.NetId}) and ${theirs.IpRange} (${theirs.NetId}).`,
    'For packets to pass, this is left to do on your side:',
    '',
    ...left.flatMap((lines, index) =>
      lines.map((line, place) => (place === 0 ? `${index + 1}. ${line}` : line)),
    ),
    ...(services.length > 0
      ? ['', `On our side, ${theirs.IpRange} may reach: ${services.map((it) => it.label).join(', ')}.`]
      : []),
  ].join('\n');
}
