import { EVENT_TYPES } from '../api/generated.ts';
import type { CallName, Event } from '../api/schema.ts';

/** What events are about. */
export type Topic = {
  name: string;
  /** What the types of its events begin with. */
  prefixes: readonly string[];
  /** The calls whose answers such an event may have changed; all of them where it may be about anything. */
  changes: readonly (CallName | 'DescribeNetworkAcls')[] | 'everything';
};

/** A type belongs to the first topic that has a prefix of it. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'Peerings',
    prefixes: ['NET_PEERING_'],
    changes: ['ReadNetPeerings', 'ReadPeeringRequests', 'ReadRouteTables', 'ReadQuotas'],
  },
  {
    name: 'Nets',
    prefixes: ['NET_', 'DHCP_OPTIONS_'],
    changes: ['ReadNets', 'ReadRouteTables', 'ReadSecurityGroups', 'DescribeNetworkAcls', 'ReadQuotas'],
  },
  {
    name: 'Subnets',
    prefixes: ['SUBNET_'],
    changes: ['ReadSubnets', 'ReadRouteTables', 'DescribeNetworkAcls'],
  },
  {
    name: 'VMs and their interfaces',
    prefixes: ['VM_', 'NIC_'],
    changes: ['ReadVms', 'ReadSubnets', 'ReadPublicIps'],
  },
  { name: 'Volumes', prefixes: ['VOLUME_'], changes: ['ReadVms', 'ReadQuotas'] },
  { name: 'Launch templates', prefixes: ['LAUNCH_TEMPLATE_'], changes: ['ReadQuotas'] },
  { name: 'Route tables', prefixes: ['ROUTE_'], changes: ['ReadRouteTables'] },
  { name: 'Security groups', prefixes: ['SECURITY_GROUP_'], changes: ['ReadSecurityGroups'] },
  { name: 'Network ACLs', prefixes: ['NETWORK_ACL_'], changes: ['DescribeNetworkAcls', 'ReadQuotas'] },
  {
    name: 'Internet services',
    prefixes: ['INTERNET_SERVICE_'],
    changes: ['ReadInternetServices', 'ReadRouteTables', 'ReadQuotas'],
  },
  {
    name: 'NAT services',
    prefixes: ['NAT_SERVICE_'],
    changes: ['ReadRouteTables', 'ReadPublicIps', 'ReadQuotas'],
  },
  { name: 'Public IPs', prefixes: ['PUBLIC_IP_'], changes: ['ReadPublicIps', 'ReadVms', 'ReadQuotas'] },
  { name: 'Tags', prefixes: ['TAGS_'], changes: 'everything' },
  {
    name: 'The account and its keys',
    prefixes: ['ACCOUNT_', 'ACCESS_KEY_', 'KEYPAIR_'],
    changes: ['ReadQuotas', 'ReadOwnAccount', 'ReadAccessKeys', 'ReadPeeringRequests'],
  },
  { name: 'Analyses', prefixes: ['INSIGHTS_'], changes: [] },
  { name: 'Subregions', prefixes: ['SUBREGION_', 'HOST_'], changes: ['ReadSubregions', 'ReadVms'] },
  { name: 'The clock and the server', prefixes: ['CLOCK_', 'SERVER_'], changes: 'everything' },
];

/** What depends on nearly everything: explanations and health, and the log itself. */
const ALWAYS: readonly CallName[] = ['TracePath', 'ReadPeeringHealth', 'ReadPeeringSummaries', 'ReadEvents'];

export function topicOf(type: string): Topic | undefined {
  return TOPICS.find(({ prefixes }) => prefixes.some((prefix) => type.startsWith(prefix)));
}

/** The types of a topic's events. */
export function typesOf(topic: Topic): Event['Type'][] {
  return EVENT_TYPES.filter((type) => topicOf(type) === topic);
}

/**
 * The calls whose answers an event of that type may have changed; undefined for all of them, also where the type is one that
 * a newer server has.
 */
export function concerned(type: string): readonly string[] | undefined {
  const changes = topicOf(type)?.changes ?? 'everything';
  return changes === 'everything' ? undefined : [...changes, ...ALWAYS];
}

/** What happened, where the words of the type itself do not tell it well. */
const HAPPENED: Partial<Record<Event['Type'], string>> = {
  NET_PEERING_REQUESTED: 'Peering requested',
  NET_PEERING_FAILED: 'Peering could not be made',
  NET_PEERING_ACCEPTED: 'Peering accepted',
  NET_PEERING_REJECTED: 'Peering rejected',
  NET_PEERING_EXPIRED: 'Peering expired',
  NET_PEERING_DELETED: 'Peering deleted',
  NET_PEERING_CHANGED: 'Option of the peering changed',
  NET_PEERING_FORGOTTEN: 'Peering no longer shown',
  CLOCK_ADVANCED: 'Clock moved forward',
};

const IN_CAPITALS = /\b(?:vm|dhcp|nic|nat|acl|ip)\b/g;

export function eventWords(type: Event['Type']): string {
  const plain = type
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(IN_CAPITALS, (word) => word.toUpperCase());
  return HAPPENED[type] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** By whom, as the middle of a sentence. */
export function actorWords(actor: string, account: string): string {
  if (actor === account) {
    return 'you';
  }
  if (actor === 'clock') {
    return 'the passing of time';
  }
  return /^\d{12}$/.test(actor) ? `account ${actor}` : `the ${actor}`;
}
