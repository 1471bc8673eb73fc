/** Network ACLs: entries that are asked by number, and the Subnets at whose borders they stand. */
import type { AclEntry, AclEntryArguments, NetworkAcl } from '../api/actions.ts';
import type { Subnet } from '../api/schema.ts';
import { parsePorts } from './traffic.ts';

/** The number of the entry behind all others, which refuses and which nobody can change. */
export const LAST = 32_767;

/** The entries of one direction in the order in which they are asked. */
export function entriesOf(acl: NetworkAcl, egress: boolean): AclEntry[] {
  return acl.Entries.filter((entry) => entry.egress === egress).toSorted(
    (one, other) => one.number - other.number,
  );
}

/** What an entry is called among those of its direction: the last one has no number to speak of. */
export function numberWords({ number }: AclEntry): string {
  return number === LAST ? 'last' : String(number);
}

const NAMES: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/** The packets of an entry in words: `all traffic`, `tcp 443`, `icmp, type 8`. */
export function packetWords({ protocol, ports, icmp }: AclEntry): string {
  if (protocol === '-1') {
    return 'all traffic';
  }
  const name = NAMES[protocol];
  if (name === undefined) {
    return `protocol ${protocol}`;
  }
  if (ports !== undefined) {
    const all = ports.from === 0 && ports.to === 65_535;
    const range = ports.from === ports.to ? `${ports.from}` : `${ports.from} to ${ports.to}`;
    return all ? `all ${name}` : `${name} ${range}`;
  }
  return icmp === undefined || icmp.type === -1 ? `all ${name}` : `${name}, type ${icmp.type}`;
}

/** What stands at the border of a Subnet. */
export function aclOf(subnetId: string, acls: readonly NetworkAcl[]): NetworkAcl | undefined {
  return acls.find((acl) => acl.Associations.some((it) => it.SubnetId === subnetId));
}

/** The association by which a Subnet has its ACL: another ACL is chosen by replacing it. */
export function associationOf(subnetId: string, acls: readonly NetworkAcl[]): string | undefined {
  return aclOf(subnetId, acls)?.Associations.find((it) => it.SubnetId === subnetId)?.AssociationId;
}

/** The Subnets that could get this ACL: the others of its Net. */
export function otherSubnets(acl: NetworkAcl, subnets: readonly Subnet[]): Subnet[] {
  const own = new Set(acl.Associations.map((it) => it.SubnetId));
  return subnets.filter((subnet) => subnet.NetId === acl.NetId && !own.has(subnet.SubnetId));
}

/** A number for one more entry: a hundred behind the last one, so that others go in between. */
export function nextNumber(entries: readonly AclEntry[]): number {
  const last = Math.max(0, ...entries.map((it) => it.number).filter((it) => it !== LAST));
  return Math.min((Math.floor(last / 100) + 1) * 100, LAST - 1);
}

/** What people type of an entry: ports as `443` or `8000-8080`, an ICMP type, or nothing for all. */
export type TypedEntry = {
  RuleNumber: string;
  RuleAction: string;
  Protocol: string;
  PortRange: string;
  CidrBlock: string;
};

/** The same as the API takes it. */
export function entryArguments(
  NetworkAclId: string,
  Egress: boolean,
  { RuleNumber, RuleAction, Protocol, PortRange, CidrBlock }: TypedEntry,
): AclEntryArguments {
  const range = CidrBlock.trim();
  return {
    NetworkAclId,
    RuleNumber: Number(RuleNumber),
    Egress,
    RuleAction: RuleAction === 'deny' ? 'deny' : 'allow',
    Protocol,
    ...(range.includes(':') ? { Ipv6CidrBlock: range } : { CidrBlock: range }),
    ...details(Protocol, PortRange),
  };
}

function details(protocol: string, typed: string): Partial<AclEntryArguments> {
  if (protocol === 'tcp' || protocol === 'udp') {
    const ports = parsePorts(typed);
    const all = ports === undefined || ports.from === -1;
    return { 'PortRange.From': all ? 0 : ports.from, 'PortRange.To': all ? 65_535 : ports.to };
  }
  return protocol === 'icmp'
    ? { 'Icmp.Type': typed.trim() === '' ? -1 : Number(typed), 'Icmp.Code': -1 }
    : {};
}

/** An entry as it is typed, to be changed. */
export function typedOf(entry: AclEntry): TypedEntry {
  const { ports, icmp } = entry;
  const typedPorts =
    ports === undefined || (ports.from === 0 && ports.to === 65_535)
      ? ''
      : ports.from === ports.to
        ? `${ports.from}`
        : `${ports.from}-${ports.to}`;
  return {
    RuleNumber: String(entry.number),
    RuleAction: entry.allows ? 'allow' : 'deny',
    Protocol: NAMES[entry.protocol] ?? entry.protocol,
    PortRange: icmp === undefined || icmp.type === -1 ? typedPorts : String(icmp.type),
    CidrBlock: entry.range,
  };
}
