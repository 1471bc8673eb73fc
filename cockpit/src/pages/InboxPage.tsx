import { List } from '@mantine/core';
import { Link } from 'wouter';
import { useGroups, useNets, usePeerings, useRequests, useRouteTables } from '../api/queries.ts';
import type { Net, NetPeering, PeeringRequest } from '../api/schema.ts';
import { accountWords, capital, labelOf, nameOf } from '../domain/names.ts';
import { openingOf } from '../domain/opening.ts';
import { expiryOf, partyOf, stateAt } from '../domain/peering.ts';
import { trafficWords } from '../domain/traffic.ts';
import { useSession } from '../session/SessionContext.ts';
import { useNow } from '../session/clock.ts';
import { Copyable } from '../ui/Copyable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Page } from '../ui/Page.tsx';
import { StateBadge } from '../ui/State.tsx';
import { Countdown } from '../ui/Time.tsx';
import classes from '../ui/ui.module.css';
import pageClasses from './InboxPage.module.css';
import { PeeringActions } from './PeeringActions.tsx';
import { Words } from './Words.tsx';

const NO_PEERINGS: readonly NetPeering[] = [];

/** The requests whose answer is this account's to give, and those that ended unanswered or with a no. */
export function InboxPage() {
  const peerings = usePeerings();
  const { account } = useSession();
  const now = useNow();
  const nets = useNets().data ?? [];
  const requests = useRequests(peerings.data ?? NO_PEERINGS);
  return (
    <Page
      title="Requests to me"
      intro="Who wants to connect a Net to one of yours. Accepting is consent; packets pass once routes and rules allow it."
    >
      <Loaded query={peerings}>
        {(all) => {
          const toMe = all.filter((peering) => partyOf(peering, account) === 'accepter');
          const waiting = toMe.filter((peering) => stateAt(peering, now) === 'pending-acceptance');
          const ended = toMe.filter((peering) =>
            ['expired', 'rejected', 'deleted'].includes(stateAt(peering, now)),
          );
          return (
            <>
              {waiting.length === 0 && <NoRequests account={account} nets={nets} />}
              <ul className={classes.list} aria-label="Waiting for your answer">
                {waiting.map((peering) => (
                  <li key={peering.NetPeeringId}>
                    <Request peering={peering} nets={nets} request={requests.get(peering.NetPeeringId)} />
                  </li>
                ))}
              </ul>
              {ended.length > 0 && <Ended peerings={ended} />}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** What somebody needs who is to ask. Of many Nets, the pages of the Nets tell. */
const MOST_HANDED_OUT = 5;

function NoRequests({ account, nets }: { account: string; nets: readonly Net[] }) {
  return (
    <Empty title="Nobody waits for your answer">
      To be asked, send somebody the id of your Net and that of your account:
      {nets.slice(0, MOST_HANDED_OUT).map((net) => (
        <div key={net.NetId}>
          {nameOf(net) ?? net.IpRange}: <Copyable text={`${net.NetId} of account ${account}`} />
        </div>
      ))}
      {nets.length === 0 && (
        <div>
          You have no Net yet. Your account is <Copyable text={account} />.
        </div>
      )}
    </Empty>
  );
}

function Request({
  peering,
  nets,
  request,
}: {
  peering: NetPeering;
  nets: readonly Net[];
  request: PeeringRequest | undefined;
}) {
  const expiry = expiryOf(peering);
  const { SourceNet, AccepterNet } = peering;
  const mine = nets.find((net) => net.NetId === AccepterNet.NetId);
  return (
    <article className={classes.panel} aria-label={`Request ${peering.NetPeeringId}`}>
      <div className={classes.panelHead}>
        <div>
          <Link href={`/peerings/${peering.NetPeeringId}`} className={classes.link}>
            {capital(accountWords(SourceNet.AccountId, request?.Source.Name))} asks for{' '}
            {labelOf(AccepterNet.NetId, mine)}
          </Link>
          <div className={classes.small}>
            {SourceNet.IpRange} <Copyable text={SourceNet.NetId} /> to {AccepterNet.IpRange}
            {expiry !== undefined && (
              <>
                {' · '}
                <Countdown until={expiry} /> left to answer
              </>
            )}
          </div>
        </div>
        <div className={classes.actions}>
          <PeeringActions peering={peering} />
        </div>
      </div>
      <Words request={request} />
      <WhatOpens peering={peering} />
    </article>
  );
}

/** What would be open after a yes, seen from one's own routes and rules, and what would not. */
function WhatOpens({ peering }: { peering: NetPeering }) {
  const groups = useGroups().data ?? [];
  const tables = useRouteTables().data ?? [];
  const opening = openingOf(peering, peering.AccepterNet.NetId, groups, tables);
  const range = peering.SourceNet.IpRange;
  return (
    <div className={pageClasses.columns}>
      <div>
        <strong className={classes.small}>Would be open</strong>
        <List size="sm">
          {opening.rules.length === 0 ? (
            <List.Item>Nothing: no rule of your groups lets {range} in.</List.Item>
          ) : (
            opening.rules.map(({ group, rule }) => (
              <List.Item key={rule.SecurityGroupRuleId}>
                {trafficWords(rule)} to machines of <strong>{group.SecurityGroupName}</strong>, by a rule that
                is there already
              </List.Item>
            ))
          )}
          {opening.tables.length > 0 && (
            <List.Item>
              The way back: {opening.tables.length} of your route tables lead there already.
            </List.Item>
          )}
        </List>
      </div>
      <div>
        <strong className={classes.small}>Would stay closed</strong>
        <List size="sm">
          <List.Item>Everything that your security groups do not allow from {range}.</List.Item>
          {opening.tables.length === 0 && (
            <List.Item>The way back, until you add a route to {range}.</List.Item>
          )}
          <List.Item>Your other Nets and their peerings: a peering leads no further.</List.Item>
        </List>
      </div>
    </div>
  );
}

function Ended({ peerings }: { peerings: readonly NetPeering[] }) {
  const now = useNow();
  return (
    <section className={pageClasses.ended} aria-label="Ended within the last hour">
      <h2 className={classes.small}>Ended within the last hour</h2>
      <ul className={classes.list}>
        {peerings.map((peering) => (
          <li key={peering.NetPeeringId} className={pageClasses.endedLine}>
            <StateBadge state={stateAt(peering, now)} />
            <Link href={`/peerings/${peering.NetPeeringId}`} className={classes.link}>
              {peering.NetPeeringId}
            </Link>
            <span className={classes.small}>
              {peering.SourceNet.IpRange} of account {peering.SourceNet.AccountId} to{' '}
              {peering.AccepterNet.IpRange}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
