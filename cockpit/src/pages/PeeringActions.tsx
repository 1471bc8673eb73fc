import { List } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { Planned } from '../api/requests.ts';
import type { NetPeering } from '../api/schema.ts';
import { type Action as ActionName, actionsFor, partyOf, stateAt } from '../domain/peering.ts';
import { useSession } from '../session/SessionContext.ts';
import { useNow } from '../session/clock.ts';
import { Action } from '../ui/Action.tsx';
import { pathOfPeering } from '../ui/Links.tsx';

type Words = {
  label: string;
  title: string;
  call: 'AcceptNetPeering' | 'RejectNetPeering' | 'DeleteNetPeering';
};

const WORDS: Record<ActionName, Words> = {
  accept: { label: 'Accept', title: 'Accept this peering?', call: 'AcceptNetPeering' },
  reject: { label: 'Reject', title: 'Reject this request?', call: 'RejectNetPeering' },
  withdraw: { label: 'Withdraw', title: 'Withdraw this request?', call: 'DeleteNetPeering' },
  end: { label: 'End peering', title: 'End this peering?', call: 'DeleteNetPeering' },
};

function consequence(action: ActionName, peering: NetPeering): ReactNode {
  const { SourceNet, AccepterNet } = peering;
  switch (action) {
    case 'accept':
      return (
        <List size="sm">
          <List.Item>
            {SourceNet.IpRange} and {AccepterNet.IpRange} become peers. It costs one of the Net’s active
            peerings.
          </List.Item>
          <List.Item>
            No packet passes yet: each owner still adds routes, and rules in security groups.
          </List.Item>
          <List.Item>Either owner can end it at any time, which stops established connections too.</List.Item>
        </List>
      );
    case 'reject':
      return `Account ${SourceNet.AccountId} sees that you said no. They may ask again.`;
    case 'withdraw':
      return `The owner of ${AccepterNet.NetId} can no longer accept it. You may ask again.`;
    case 'end':
      return (
        <List size="sm">
          <List.Item>Connections between the two Nets stop at once.</List.Item>
          <List.Item>Routes to it turn into blackholes: they stay until you delete them.</List.Item>
          <List.Item>To connect the Nets again, one owner has to ask and the other to accept.</List.Item>
        </List>
      );
  }
}

/** Who has accepted is led to the peering, where the set-up is, and finds this in the history's state. */
const ACCEPTED = { accepted: true };

/** Whether the page was come to by accepting. */
export function useJustAccepted(): boolean {
  const state: unknown = useHistoryState();
  return typeof state === 'object' && state !== null && 'accepted' in state;
}

/** What the viewer may do with a peering now, and nothing else. */
export function PeeringActions({ peering, small = false }: { peering: NetPeering; small?: boolean }) {
  const { account } = useSession();
  const now = useNow();
  const [location, go] = useLocation();
  const show = () => {
    const path = pathOfPeering(peering.NetPeeringId);
    go(path, { state: ACCEPTED, replace: location === path });
  };
  const actions = actionsFor(stateAt(peering, now), partyOf(peering, account));
  return actions.map((name) => {
    const { label, title, call } = WORDS[name];
    const planned: Planned = { call, args: { NetPeeringId: peering.NetPeeringId } };
    return (
      <Action
        key={name}
        label={label}
        title={title}
        about={peering.NetPeeringId}
        primary={name === 'accept'}
        danger={name !== 'accept'}
        small={small}
        plan={() => [planned]}
        {...(name === 'accept' && { onDone: show })}
      >
        <div>{consequence(name, peering)}</div>
      </Action>
    );
  });
}
