/**
 * The EC2 API's actions that no call of the OUTSCALE API stands for: network ACLs. They are asked for as everybody asks for them,
 * by a form at the server's root that is answered in XML, with the session in place of a signature.
 */
import { ApiError, reach, whileSignedIn } from './client.ts';
import type { Tag } from './schema.ts';

/** An entry as it is asked for: `Protocol` is a name, a number or `-1`. The dotted names are the API's own. */
export type AclEntryArguments = {
  NetworkAclId: string;
  RuleNumber: number;
  Egress: boolean;
  RuleAction: 'allow' | 'deny';
  Protocol: string;
  CidrBlock?: string;
  Ipv6CidrBlock?: string;
  'PortRange.From'?: number;
  'PortRange.To'?: number;
  'Icmp.Type'?: number;
  'Icmp.Code'?: number;
};

export type Actions = {
  CreateNetworkAcl: { VpcId: string };
  DeleteNetworkAcl: { NetworkAclId: string };
  CreateNetworkAclEntry: AclEntryArguments;
  ReplaceNetworkAclEntry: AclEntryArguments;
  DeleteNetworkAclEntry: { NetworkAclId: string; RuleNumber: number; Egress: boolean };
  ReplaceNetworkAclAssociation: { AssociationId: string; NetworkAclId: string };
};

export type ActionName = keyof Actions;

const ACTIONS: ReadonlySet<string> = new Set<ActionName>([
  'CreateNetworkAcl',
  'DeleteNetworkAcl',
  'CreateNetworkAclEntry',
  'ReplaceNetworkAclEntry',
  'DeleteNetworkAclEntry',
  'ReplaceNetworkAclAssociation',
]);

export function isAction(call: string): call is ActionName {
  return ACTIONS.has(call);
}

export type AclEntry = {
  number: number;
  egress: boolean;
  allows: boolean;
  /** Its number, or `-1` for all. */
  protocol: string;
  range: string;
  ports?: { from: number; to: number };
  icmp?: { type: number; code: number };
};

export type NetworkAcl = {
  NetworkAclId: string;
  NetId: string;
  Default: boolean;
  Entries: readonly AclEntry[];
  Associations: readonly { AssociationId: string; SubnetId: string }[];
  Tags: Tag[];
};

export const VERSION = '2016-11-15';
const MOST_PER_PAGE = 1000;

/** Asks for an action, and answers what is in the XML of its answer. */
export async function act(action: string, args: object, region: string): Promise<Element> {
  const form = new URLSearchParams({ Action: action, Version: VERSION });
  for (const [name, value] of Object.entries(args)) {
    form.set(name, String(value));
  }
  return whileSignedIn(async () => {
    const response = await reach('/', {
      method: 'POST',
      headers: { 'X-Linkspan-Cockpit': '1', 'X-Linkspan-Region': region },
      body: form,
    });
    const root = new DOMParser().parseFromString(await response.text(), 'application/xml').documentElement;
    if (!response.ok) {
      throw refusal(response.status, root);
    }
    return root;
  });
}

function refusal(status: number, root: Element): ApiError {
  return new ApiError(
    status,
    root.querySelector('Code')?.textContent ?? '',
    root.querySelector('Message')?.textContent ?? `The server answered with status ${status}.`,
    root.querySelector('RequestID')?.textContent ?? undefined,
  );
}

/** The same for a change: what it has made, by the names that plans and pages look for. */
export async function change(action: ActionName, args: object, region: string): Promise<unknown> {
  const root = await act(action, args, region);
  return action === 'CreateNetworkAcl' ? { NetworkAclId: text(root, 'networkAcl > networkAclId') } : {};
}

/** All of the account's, page by page. */
export async function readNetworkAcls(region: string): Promise<NetworkAcl[]> {
  const all: NetworkAcl[] = [];
  let token = '';
  do {
    const root = await act(
      'DescribeNetworkAcls',
      { MaxResults: MOST_PER_PAGE, ...(token === '' ? {} : { NextToken: token }) },
      region,
    );
    all.push(...items(root, 'networkAclSet').map(aclOf));
    token = text(root, 'nextToken');
  } while (token !== '');
  return all;
}

function aclOf(item: Element): NetworkAcl {
  return {
    NetworkAclId: text(item, 'networkAclId'),
    NetId: text(item, 'vpcId'),
    Default: text(item, 'default') === 'true',
    Entries: items(item, 'entrySet').map(entryOf),
    Associations: items(item, 'associationSet').map((it) => ({
      AssociationId: text(it, 'networkAclAssociationId'),
      SubnetId: text(it, 'subnetId'),
    })),
    Tags: items(item, 'tagSet').map((it) => ({ Key: text(it, 'key'), Value: text(it, 'value') })),
  };
}

function entryOf(item: Element): AclEntry {
  const [from, type] = [text(item, 'portRange > from'), text(item, 'icmpTypeCode > type')];
  return {
    number: Number(text(item, 'ruleNumber')),
    egress: text(item, 'egress') === 'true',
    allows: text(item, 'ruleAction') === 'allow',
    protocol: text(item, 'protocol'),
    range: text(item, 'cidrBlock') || text(item, 'ipv6CidrBlock'),
    ...(from !== '' && { ports: { from: Number(from), to: Number(text(item, 'portRange > to')) } }),
    ...(type !== '' && { icmp: { type: Number(type), code: Number(text(item, 'icmpTypeCode > code')) } }),
  };
}

/** The text of an element below; empty where there is none. */
function text(within: Element, path: string): string {
  return within.querySelector(`:scope > ${path}`)?.textContent ?? '';
}

function items(within: Element, set: string): Element[] {
  return [...within.querySelectorAll(`:scope > ${set} > item`)];
}
