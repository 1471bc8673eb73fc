import type { NetPeering, RouteTable, Rule, SecurityGroup } from '../api/schema.ts';
import { rangesOverlap } from './cidr.ts';
import { otherSide } from './peering.ts';

/** What one's own rules and routes already hold ready for a peer, before anything is done about it. */
export type Opening = {
  /** Inbound rules that cover an address of the peer's. */
  rules: { group: SecurityGroup; rule: Rule }[];
  /** Route tables with a route that leads to the peering already. */
  tables: RouteTable[];
};

export function openingOf(
  peering: NetPeering,
  netId: string,
  groups: readonly SecurityGroup[],
  tables: readonly RouteTable[],
): Opening {
  const peer = otherSide(peering, netId);
  return {
    rules: groups
      .filter((group) => group.NetId === netId)
      .flatMap((group) =>
        group.InboundRules.filter((rule) =>
          (rule.IpRanges ?? []).some((range) => rangesOverlap(range, peer.IpRange)),
        ).map((rule) => ({ group, rule })),
      ),
    tables: tables.filter(
      (table) =>
        table.NetId === netId && table.Routes.some((route) => route.NetPeeringId === peering.NetPeeringId),
    ),
  };
}
