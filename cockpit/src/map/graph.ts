/** What the map shows, taken from what the API answers: Nets as nodes, peerings as edges. */
import type {
  InternetService,
  Net,
  NetPeering,
  PeeringSummary,
  StateName,
  Subnet,
  Vm,
} from '../api/schema.ts';
import { compareCidrs } from '../domain/cidr.ts';
import { serviceOf } from '../domain/exits.ts';
import { nameOf } from '../domain/names.ts';
import { obstacleOf } from '../domain/passing.ts';
import { stateAt, stateWord } from '../domain/peering.ts';

export type SubnetInside = { id: string; range: string; subregion: string; machines: number };

/** A Net on the map; of another account's, only what its peering tells. */
export type NetNode = {
  id: string;
  range: string;
  name: string | undefined;
  owner: string;
  mine: boolean;
  machines: number;
  subnets: readonly SubnetInside[];
  /** Whether an internet service is linked to it. */
  outside: boolean;
};

export type PeeringEdge = {
  id: string;
  source: string;
  target: string;
  state: StateName;
  name: string | undefined;
  /** What an active one lacks for anything to pass, as far as that is known. */
  obstacle: string | undefined;
};

export type Graph = { nodes: readonly NetNode[]; edges: readonly PeeringEdge[] };

type World = {
  nets: readonly Net[];
  subnets: readonly Subnet[];
  vms: readonly Vm[];
  peerings: readonly NetPeering[];
  services: readonly InternetService[];
  summaries: ReadonlyMap<string, PeeringSummary>;
};

export function graphOf(
  { nets, subnets, vms, peerings, services, summaries }: World,
  account: string,
  now: number,
): Graph {
  const nodes = new Map<string, NetNode>();
  const inSubnet = countBy(vms, (vm) => vm.SubnetId);
  const inNet = countBy(vms, (vm) => vm.NetId);
  const ofNet = subnetsByNet(subnets);
  for (const net of nets) {
    nodes.set(net.NetId, {
      id: net.NetId,
      range: net.IpRange,
      name: nameOf(net),
      owner: account,
      mine: true,
      machines: inNet.get(net.NetId) ?? 0,
      subnets: (ofNet.get(net.NetId) ?? [])
        .map((subnet) => ({
          id: subnet.SubnetId,
          range: subnet.IpRange,
          subregion: subnet.SubregionName,
          machines: inSubnet.get(subnet.SubnetId) ?? 0,
        }))
        .toSorted((one, other) => compareCidrs(one.range, other.range)),
      outside: serviceOf(net.NetId, services) !== undefined,
    });
  }
  const edges: PeeringEdge[] = [];
  for (const peering of peerings) {
    for (const side of [peering.SourceNet, peering.AccepterNet]) {
      if (!nodes.has(side.NetId)) {
        nodes.set(side.NetId, foreign(side.NetId, side.IpRange, side.AccountId, account));
      }
    }
    const state = stateAt(peering, now);
    const summary = state === 'active' ? summaries.get(peering.NetPeeringId) : undefined;
    edges.push({
      id: peering.NetPeeringId,
      source: peering.SourceNet.NetId,
      target: peering.AccepterNet.NetId,
      state,
      name: nameOf(peering),
      obstacle: summary && obstacleOf(summary, account),
    });
  }
  return { nodes: [...nodes.values()], edges };
}

function foreign(id: string, range: string, owner: string, account: string): NetNode {
  return {
    id,
    range,
    name: undefined,
    owner,
    mine: owner === account,
    machines: 0,
    subnets: [],
    outside: false,
  };
}

function subnetsByNet(subnets: readonly Subnet[]): Map<string, Subnet[]> {
  const byNet = new Map<string, Subnet[]>();
  for (const subnet of subnets) {
    const known = byNet.get(subnet.NetId);
    if (known === undefined) {
      byNet.set(subnet.NetId, [subnet]);
    } else {
      known.push(subnet);
    }
  }
  return byNet;
}

function countBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = key(item);
    if (name !== undefined) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

/** A Subregion where there is no room for all of its name: the end, by which those of a Region differ. */
export function shortSubregion(name: string): string {
  return name.slice(-2);
}

/** What a Net has in each Subregion. */
export function bySubregion({
  subnets,
}: NetNode): { subregion: string; subnets: number; machines: number }[] {
  return [...new Set(subnets.map((subnet) => subnet.subregion))].toSorted().map((subregion) => {
    const there = subnets.filter((subnet) => subnet.subregion === subregion);
    return {
      subregion,
      subnets: there.length,
      machines: there.reduce((sum, subnet) => sum + subnet.machines, 0),
    };
  });
}

/** A peering's state, and what is in the way of an active one. */
export function edgeWords({ state, obstacle }: PeeringEdge): string {
  return obstacle === undefined ? stateWord(state) : `${stateWord(state)}, but nothing can pass: ${obstacle}`;
}

/** Whether a node fits a search: by id, range, name or owner. */
export function fits(node: NetNode, search: string): boolean {
  const text = `${node.id} ${node.range} ${node.name ?? ''} ${node.owner} ${node.subnets.map((it) => it.range).join(' ')}`;
  return text.toLowerCase().includes(search.trim().toLowerCase());
}
