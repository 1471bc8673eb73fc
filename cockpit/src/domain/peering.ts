import type { NetPeering, Side, StateName } from '../api/schema.ts';

/** What somebody may do with a peering; each is one call of the API. */
export type Action = 'accept' | 'reject' | 'withdraw' | 'end';

/** Which of a peering's two owners somebody is; an account that owns both Nets is both (L1). */
export type Party = 'requester' | 'accepter' | 'both' | 'neither';

export function partyOf(peering: NetPeering, account: string): Party {
  const source = peering.SourceNet.AccountId === account;
  const accepter = peering.AccepterNet.AccountId === account;
  if (source && accepter) {
    return 'both';
  }
  if (source) {
    return 'requester';
  }
  return accepter ? 'accepter' : 'neither';
}

/** A pending request is expired from its expiry on, whether or not the server has said so already (L2). */
export function stateAt(peering: NetPeering, now: number): StateName {
  const { Name } = peering.State;
  const expiry = expiryOf(peering);
  return Name === 'pending-acceptance' && expiry !== undefined && now >= expiry ? 'expired' : Name;
}

/** When a request expires or has expired, in milliseconds. */
export function expiryOf(peering: NetPeering): number | undefined {
  return peering.ExpirationDate === undefined ? undefined : Date.parse(peering.ExpirationDate);
}

/** Exactly what the matrix of the rules L allows this party in this state. */
export function actionsFor(state: StateName, party: Party): Action[] {
  const answers: Action[] = party === 'accepter' || party === 'both' ? ['accept', 'reject'] : [];
  const withdraws: Action[] = party === 'requester' || party === 'both' ? ['withdraw'] : [];
  switch (state) {
    case 'pending-acceptance':
      return [...answers, ...withdraws];
    case 'active':
      return party === 'neither' ? [] : ['end'];
    case 'rejected':
    case 'failed':
    case 'expired':
    case 'deleted':
      return [];
  }
}

/** The requests that wait for this account's answer. */
export function waitingFor(
  peerings: readonly NetPeering[],
  account: string,
  now: number,
): readonly NetPeering[] {
  return peerings.filter((peering) =>
    actionsFor(stateAt(peering, now), partyOf(peering, account)).includes('accept'),
  );
}

export function isLive(state: StateName): boolean {
  return state === 'pending-acceptance' || state === 'active';
}

/** The two sides as one of the owners sees them: the own one first. */
export function sidesFor(peering: NetPeering, account: string): { mine: Side[]; theirs: Side[] } {
  const sides = [peering.SourceNet, peering.AccepterNet];
  return {
    mine: sides.filter((side) => side.AccountId === account),
    theirs: sides.filter((side) => side.AccountId !== account),
  };
}

/** Whether one of a peering's two Nets is that one. */
export function isOfNet(peering: NetPeering, netId: string): boolean {
  return peering.SourceNet.NetId === netId || peering.AccepterNet.NetId === netId;
}

/** The side at the other end from a Net. */
export function otherSide(peering: NetPeering, netId: string): Side {
  return peering.SourceNet.NetId === netId ? peering.AccepterNet : peering.SourceNet;
}

export const STATES: readonly StateName[] = [
  'active',
  'pending-acceptance',
  'rejected',
  'failed',
  'expired',
  'deleted',
];

const WORDS: Record<StateName, string> = {
  'pending-acceptance': 'Waiting for an answer',
  active: 'Active',
  rejected: 'Rejected',
  failed: 'Failed',
  expired: 'Expired',
  deleted: 'Deleted',
};

export function stateWord(state: StateName): string {
  return WORDS[state];
}
