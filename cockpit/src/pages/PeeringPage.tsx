import { Alert } from '@mantine/core';
import { useHealth, useNets, usePeerings, useRequest } from '../api/queries.ts';
import type { NetPeering } from '../api/schema.ts';
import { accountWords, capital, nameOf } from '../domain/names.ts';
import { expiryOf, isLive, otherSide, partyOf, sidesFor, stateAt, stateWord } from '../domain/peering.ts';
import { GRACE } from '../domain/time.ts';
import { useSession } from '../session/SessionContext.ts';
import { useNow } from '../session/clock.ts';
import { Copyable } from '../ui/Copyable.tsx';
import { SideView, Tags } from '../ui/Links.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Page, Panel } from '../ui/Page.tsx';
import { StateBadge, StateSign } from '../ui/State.tsx';
import { Countdown } from '../ui/Time.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import classes from '../ui/ui.module.css';
import { EventList } from './EventList.tsx';
import { FinishSetup, setupOf } from './FinishSetup.tsx';
import { Health } from './Health.tsx';
import { PeeringActions, useJustAccepted } from './PeeringActions.tsx';
import pageClasses from './PeeringPage.module.css';
import { TagAction } from './TagAction.tsx';
import { TestPath } from './TestPath.tsx';
import { Words } from './Words.tsx';

export function PeeringPage({ id }: { id: string }) {
  const peerings = usePeerings();
  return (
    <Loaded query={peerings}>
      {(all) => {
        const peering = all.find((it) => it.NetPeeringId === id);
        return peering === undefined ? <Gone id={id} /> : <Shown peering={peering} />;
      }}
    </Loaded>
  );
}

function Shown({ peering }: { peering: NetPeering }) {
  const state = stateAt(peering, useNow());
  const live = isLive(state);
  const health = useHealth(peering.NetPeeringId, live);
  return (
    <Page
      title={nameOf(peering) ?? peering.NetPeeringId}
      actions={
        <>
          {state === 'active' && <TestPath peering={peering} ready={health.data?.Passable ?? false} />}
          <PeeringActions peering={peering} />
        </>
      }
      intro={<Copyable text={peering.NetPeeringId} />}
    >
      <NextStep peering={peering} />
      {state === 'active' && <Accepted peering={peering} passable={health.data?.Passable} />}
      <Agreement peering={peering} />
      {live && (
        <Panel title="Does it work?">
          <Health query={health} />
        </Panel>
      )}
      {live && <FinishSetup peering={peering} health={health.data} />}
      <Panel title="History">
        <EventList
          asked={{ Resource: peering.NetPeeringId }}
          empty={<Empty title="No events">Nothing is in the event log about it.</Empty>}
        />
      </Panel>
    </Page>
  );
}

function Agreement({ peering }: { peering: NetPeering }) {
  const nets = useNets().data ?? [];
  const state = stateAt(peering, useNow());
  const request = useRequest(peering);
  return (
    <Panel title="Agreement" actions={<TagAction small id={peering.NetPeeringId} tags={peering.Tags} />}>
      <div className={pageClasses.agreement}>
        <div className={pageClasses.side}>
          <span className={classes.quiet}>Requester</span>
          <SideView side={peering.SourceNet} nets={nets} name={request?.Source.Name} />
        </div>
        <div className={pageClasses.span} data-state={state}>
          <StateBadge state={state} />
          <span className={pageClasses.line} aria-hidden="true" />
        </div>
        <div className={pageClasses.side}>
          <span className={classes.quiet}>Accepter</span>
          <SideView side={peering.AccepterNet} nets={nets} name={request?.Accepter.Name} />
        </div>
      </div>
      <Words request={request} />
      {peering.Tags.length > 0 && <Tags tags={peering.Tags} />}
    </Panel>
  );
}

/** One sentence on where this stands, and whose turn it is. */
function NextStep({ peering }: { peering: NetPeering }) {
  const { account } = useSession();
  const state = stateAt(peering, useNow());
  const party = partyOf(peering, account);
  const request = useRequest(peering);
  const expiry = expiryOf(peering);
  switch (state) {
    case 'pending-acceptance':
      return (
        <Alert
          color="yellow"
          variant="light"
          icon={<StateSign state={state} />}
          title={party === 'requester' ? 'It is their turn' : 'It is your turn'}
        >
          {party === 'requester'
            ? `Account ${peering.AccepterNet.AccountId} has to accept. `
            : `${capital(accountWords(peering.SourceNet.AccountId, request?.Source.Name))} asks you to connect the two Nets. `}
          {expiry !== undefined && (
            <>
              The request ends by itself in <Countdown until={expiry} />.
            </>
          )}
        </Alert>
      );
    case 'active':
      return null;
    case 'rejected':
    case 'failed':
    case 'expired':
    case 'deleted':
      return (
        <Alert color="gray" variant="light" icon={<StateSign state={state} />} title={stateWord(state)}>
          {peering.State.Name === state ? peering.State.Message : 'Expired: not accepted within 7 days'}. It
          carries nothing, and is shown for an hour after it ended.
          {state === 'expired' && expiry !== undefined && (
            <>
              {' '}
              It vanishes in <Countdown until={expiry + GRACE} over="a moment" />.
            </>
          )}
        </Alert>
      );
  }
}

/** To whoever has just accepted: that it is done, and what comes next. */
function Accepted({ peering, passable }: { peering: NetPeering; passable: boolean | undefined }) {
  const { account } = useSession();
  const [side] = sidesFor(peering, account).mine;
  if (!useJustAccepted() || side === undefined) {
    return null;
  }
  const peer = otherSide(peering, side.NetId);
  return (
    <Alert
      color="green"
      variant="light"
      role="status"
      className={classes.tinted ?? ''}
      icon={<CheckIcon />}
      title={`Accepted: ${side.IpRange} and ${peer.IpRange} are peers now`}
    >
      {passable ? (
        'Packets can pass already.'
      ) : (
        <>
          No packet passes yet. <a href={`#${setupOf(side.NetId)}`}>Finish the set-up of your side</a>: a
          route to {peer.IpRange}, and what it may reach.
        </>
      )}
    </Alert>
  );
}

function Gone({ id }: { id: string }) {
  return (
    <Page title="This peering is not there">
      <Empty title={id}>
        It may have ended more than an hour ago, or belong to Nets of other accounts or to another Region.
      </Empty>
    </Page>
  );
}
