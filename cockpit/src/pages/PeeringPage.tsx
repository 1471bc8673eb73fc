import { Alert } from '@mantine/core';
import { useHealth, useNets, usePeerings } from '../api/queries.ts';
import type { NetPeering } from '../api/schema.ts';
import { nameOf } from '../domain/names.ts';
import { expiryOf, isLive, partyOf, stateAt, stateWord } from '../domain/peering.ts';
import { GRACE } from '../domain/time.ts';
import { useSession } from '../session/SessionContext.ts';
import { useNow } from '../session/clock.ts';
import { Copyable } from '../ui/Copyable.tsx';
import { SideView, Tags } from '../ui/Links.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Page, Panel } from '../ui/Page.tsx';
import { StateBadge, StateSign } from '../ui/State.tsx';
import { Countdown } from '../ui/Time.tsx';
import classes from '../ui/ui.module.css';
import { EventList } from './EventList.tsx';
import { FinishSetup } from './FinishSetup.tsx';
import { Health } from './Health.tsx';
import { PeeringActions } from './PeeringActions.tsx';
import pageClasses from './PeeringPage.module.css';
import { TagAction } from './TagAction.tsx';

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
  return (
    <Page
      title={nameOf(peering) ?? peering.NetPeeringId}
      actions={<PeeringActions peering={peering} />}
      intro={<Copyable text={peering.NetPeeringId} />}
    >
      <NextStep peering={peering} />
      <Agreement peering={peering} />
      {isLive(state) && <HealthPanel id={peering.NetPeeringId} />}
      {isLive(state) && <FinishSetup peering={peering} />}
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
  return (
    <Panel title="Agreement" actions={<TagAction small id={peering.NetPeeringId} tags={peering.Tags} />}>
      <div className={pageClasses.agreement}>
        <div className={pageClasses.side}>
          <span className={classes.quiet}>Requester</span>
          <SideView side={peering.SourceNet} nets={nets} />
        </div>
        <div className={pageClasses.span} data-state={state}>
          <StateBadge state={state} />
          <span className={pageClasses.line} aria-hidden="true" />
        </div>
        <div className={pageClasses.side}>
          <span className={classes.quiet}>Accepter</span>
          <SideView side={peering.AccepterNet} nets={nets} />
        </div>
      </div>
      {peering.Tags.length > 0 && <Tags tags={peering.Tags} />}
    </Panel>
  );
}

/** One sentence on where this stands, and whose turn it is. */
function NextStep({ peering }: { peering: NetPeering }) {
  const { account } = useSession();
  const state = stateAt(peering, useNow());
  const party = partyOf(peering, account);
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
            : `Account ${peering.SourceNet.AccountId} asks you to connect the two Nets. `}
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

function HealthPanel({ id }: { id: string }) {
  return (
    <Panel title="Does it work?">
      <Health query={useHealth(id)} />
    </Panel>
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
