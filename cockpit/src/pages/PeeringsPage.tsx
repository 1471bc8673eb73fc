import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useNets, usePeerings, useRequests, useSummaries } from '../api/queries.ts';
import type { Net, NetPeering, PeeringRequest, PeeringSummary, Side, StateName } from '../api/schema.ts';
import { compareCidrs } from '../domain/cidr.ts';
import { nameOf } from '../domain/names.ts';
import { expiryOf, isLive, partyOf, STATES, stateAt, stateWord } from '../domain/peering.ts';
import { useSession } from '../session/SessionContext.ts';
import { useNow } from '../session/clock.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { SideView, Tags } from '../ui/Links.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Page } from '../ui/Page.tsx';
import { StateBadge } from '../ui/State.tsx';
import { Countdown } from '../ui/Time.tsx';
import classes from '../ui/ui.module.css';
import { NextAction } from './NextAction.tsx';
import { Passing } from './Passing.tsx';
import { PeeringActions } from './PeeringActions.tsx';

export function PeeringsPage() {
  const peerings = usePeerings();
  return (
    <Page
      title="Peerings"
      actions={<NextAction />}
      intro="Agreements between two Nets. The owners of both see each of them."
    >
      <Loaded query={peerings}>{(all) => <Table all={all} />}</Loaded>
    </Page>
  );
}

const NO_NETS: Net[] = [];

function Table({ all }: { all: readonly NetPeering[] }) {
  const [state, setState] = useState('');
  const [whose, setWhose] = useState('');
  const { account } = useSession();
  const now = useNow();
  const nets = useNets().data ?? NO_NETS;
  const summaries = useSummaries(all);
  const requests = useRequests(all);
  const columns = useMemo(() => columnsFor(nets, summaries, requests), [nets, summaries, requests]);
  const rows = all.filter(
    (peering) =>
      (state === '' || stateAt(peering, now) === state) && (whose === '' || fits(whose, peering, account)),
  );
  const textOf = useMemo(() => searchable(nets), [nets]);

  if (all.length === 0) {
    return <NoPeerings />;
  }
  return (
    <DataTable
      label="Peerings"
      rows={rows}
      columns={columns}
      keyOf={(peering) => peering.NetPeeringId}
      textOf={textOf}
      dim={(peering) => !isLive(stateAt(peering, now))}
      filters={
        <>
          <NativeSelect
            label="State"
            value={state}
            onChange={(change) => setState(change.currentTarget.value)}
            data={[
              { value: '', label: 'Every state' },
              ...STATES.map((name: StateName) => ({ value: name, label: stateWord(name) })),
            ]}
          />
          <NativeSelect
            label="Asked by"
            value={whose}
            onChange={(change) => setWhose(change.currentTarget.value)}
            data={[
              { value: '', label: 'Anybody' },
              { value: 'me', label: 'Me' },
              { value: 'others', label: 'Others' },
            ]}
          />
        </>
      }
      empty={<Empty title="None is in that state">Choose another state to see more.</Empty>}
    />
  );
}

function fits(whose: string, peering: NetPeering, account: string): boolean {
  const byMe = partyOf(peering, account) !== 'accepter';
  return whose === 'me' ? byMe : !byMe;
}

function searchable(nets: readonly Net[]): (peering: NetPeering) => string {
  const names = new Map(nets.map((net) => [net.NetId, nameOf(net) ?? '']));
  const side = (it: Side) => `${it.NetId} ${it.IpRange} ${it.AccountId} ${names.get(it.NetId) ?? ''}`;
  return (peering) =>
    [
      peering.NetPeeringId,
      side(peering.SourceNet),
      side(peering.AccepterNet),
      ...peering.Tags.map((tag) => `${tag.Key} ${tag.Value}`),
    ].join(' ');
}

function columnsFor(
  nets: readonly Net[],
  summaries: ReadonlyMap<string, PeeringSummary>,
  requests: ReadonlyMap<string, PeeringRequest>,
): Column<NetPeering>[] {
  return [
    {
      title: 'Peering',
      cell: (peering) => (
        <Link
          href={`/peerings/${peering.NetPeeringId}`}
          className={`${classes.link} ${nameOf(peering) === undefined ? classes.whole : ''}`}
        >
          {nameOf(peering) ?? peering.NetPeeringId}
        </Link>
      ),
      order: (one, other) => one.NetPeeringId.localeCompare(other.NetPeeringId),
    },
    {
      title: 'State',
      cell: (peering) => <LiveState peering={peering} />,
      order: (one, other) => STATES.indexOf(one.State.Name) - STATES.indexOf(other.State.Name),
    },
    {
      title: 'Does it work?',
      cell: (peering) => <Passing peering={peering} summary={summaries.get(peering.NetPeeringId)} />,
    },
    {
      title: 'From',
      cell: (peering) => (
        <SideView
          side={peering.SourceNet}
          nets={nets}
          name={requests.get(peering.NetPeeringId)?.Source.Name}
        />
      ),
      order: (one, other) => compareCidrs(one.SourceNet.IpRange, other.SourceNet.IpRange),
    },
    {
      title: 'To',
      cell: (peering) => (
        <SideView
          side={peering.AccepterNet}
          nets={nets}
          name={requests.get(peering.NetPeeringId)?.Accepter.Name}
        />
      ),
      order: (one, other) => compareCidrs(one.AccepterNet.IpRange, other.AccepterNet.IpRange),
    },
    {
      title: 'Time to answer',
      cell: (peering) => <TimeToAnswer peering={peering} />,
      order: (one, other) => (expiryOf(one) ?? Infinity) - (expiryOf(other) ?? Infinity),
    },
    { title: 'Tags', cell: (peering) => <Tags tags={peering.Tags} /> },
    {
      title: 'Actions',
      cell: (peering) => (
        <div className={classes.actions}>
          <PeeringActions peering={peering} small />
        </div>
      ),
    },
  ];
}

export function LiveState({ peering }: { peering: NetPeering }) {
  return <StateBadge state={stateAt(peering, useNow())} />;
}

export function TimeToAnswer({ peering }: { peering: NetPeering }) {
  const now = useNow();
  const expiry = expiryOf(peering);
  return expiry !== undefined && stateAt(peering, now) === 'pending-acceptance' ? (
    <Countdown until={expiry} />
  ) : (
    <span className={classes.quiet}>–</span>
  );
}

function NoPeerings() {
  return (
    <Empty title="No peerings yet">
      Choose one of your Nets and another one, of yours or of somebody who gave you its id and their account
      id.
      <br />
      They accept it, both of you add routes and rules, and machines talk on private addresses.
    </Empty>
  );
}
