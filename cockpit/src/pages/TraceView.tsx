import { Alert, Button } from '@mantine/core';
import { Link } from 'wouter';
import type { Remedy } from '../api/schema.ts';
import {
  askOthers,
  chainsOf,
  comesLater,
  type MissingPeering,
  missingPeering,
  type Placed,
  type PlacedCause,
  plannedOf,
  planOf,
  type Trace,
  wayOf,
} from '../domain/trace.ts';
import { useSession } from '../session/SessionContext.ts';
import { Action } from '../ui/Action.tsx';
import { Code } from '../ui/Code.tsx';
import { ResourceLink } from '../ui/Links.tsx';
import { Panel } from '../ui/Page.tsx';
import { CheckIcon, CrossIcon } from '../ui/icons.tsx';
import uiClasses from '../ui/ui.module.css';
import classes from './TraceView.module.css';

const VERDICTS: Record<Trace['Verdict'], { color: string; title: string }> = {
  reachable: { color: 'green', title: 'It arrives, and its reply comes back' },
  blocked: { color: 'red', title: 'It does not get through' },
  impossible: { color: 'red', title: 'It cannot get through' },
};

/** The way of a packet and of its reply; what stops them is marked, with its remedy next to it. */
export function TraceView({ trace }: { trace: Trace }) {
  const { account } = useSession();
  const { color, title } = VERDICTS[trace.Verdict];
  const mine = planOf(trace.Remedies, account);
  const missing = missingPeering(trace);
  const ask = askOthers(trace, account);
  const back = wayOf(trace, 'back');
  return (
    <>
      <Alert
        color={color}
        variant="light"
        role="status"
        icon={trace.Verdict === 'reachable' ? <CheckIcon /> : <CrossIcon />}
        title={`${trace.Packet}: ${title}`}
      >
        {summary(trace, missing)}
        {missing !== undefined && <AskFor missing={missing} destination={trace.Destination} />}
        {mine.length > 1 && (
          <div>
            <Action
              primary
              label={`Do all ${mine.length} of your part`}
              title="Do your part?"
              plan={() => mine}
            />
          </div>
        )}
      </Alert>
      <div className={classes.ways}>
        <Way
          title={`There: ${trace.Source} to ${trace.Destination}`}
          steps={wayOf(trace, 'there')}
          all={trace.Remedies}
        />
        {back.length > 0 && <Way title="And back" steps={back} all={trace.Remedies} />}
      </div>
      {ask !== undefined && (
        <Panel title="For the other owner">
          <p className={`${uiClasses.quiet} ${uiClasses.small}`}>This is not yours to do. A text to send:</p>
          <Code text={ask} label="Copy the text" />
        </Panel>
      )}
    </>
  );
}

/** A sentence in which the id of a network ACL leads to its page, where its entries are. */
function WithLinks({ text }: { text: string }) {
  return text
    .split(/(\bacl-[0-9a-f]{8,17}\b)/)
    .map((part) => (part.startsWith('acl-') ? <ResourceLink key={part} id={part} /> : part));
}

/** Where no peering leads to the address, the way to one. */
function AskFor({ missing, destination }: { missing: MissingPeering; destination: string }) {
  const { from, to, owner } = missing;
  const known = new URLSearchParams({
    from,
    ...(to !== undefined && { to }),
    ...(owner !== undefined && { owner }),
  });
  return (
    <div>
      <p>
        No peering of this Net leads to {destination}.
        {to === undefined && ' If it is in a Net of somebody else’s, ask its owner for one.'}
      </p>
      <Button component={Link} href={`/peerings/new?${known.toString()}`} variant="default">
        Ask for a peering
      </Button>
    </div>
  );
}

function summary({ Verdict, Causes }: Trace, missing: MissingPeering | undefined): string {
  if (Verdict === 'reachable') {
    return 'Nothing is in the way.';
  }
  const one = Causes.length === 1;
  const found = one ? 'One thing is in the way' : `${Causes.length} things are in the way`;
  if (missing !== undefined) {
    return `${found}.`;
  }
  return Verdict === 'blocked'
    ? `${found}, and calls can remove ${one ? 'it' : 'them'}.`
    : `${found}, and no call can remove ${one ? 'it' : 'them all'}.`;
}

function Way({
  title,
  steps,
  all,
}: {
  title: string;
  steps: readonly Placed[];
  /** The remedies of everything that is in the way. */
  all: readonly Remedy[];
}) {
  return (
    <Panel title={title}>
      <ol className={classes.steps}>
        {steps.map(({ step, causes }, index) => (
          // Steps have no ids, and their order is what they are.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index} data-passes={step.Passes} data-told={step.Told ?? true}>
            <span className={classes.sign} aria-hidden="true">
              {step.Told === false ? '?' : step.Passes ? <CheckIcon /> : <CrossIcon />}
            </span>
            <div>
              <span>
                <WithLinks text={step.Text} />
              </span>
              {!step.Passes && <strong className={classes.stops}> Stops here</strong>}
              <div className={`${uiClasses.quiet} ${uiClasses.small}`}>{step.NetId}</div>
              {causes.filter(hasMore).map(({ cause, why }) => (
                <div key={cause.Trouble} className={classes.cause}>
                  {why !== undefined && <div>{why}</div>}
                  {chainsOf(cause.Remedies).map((chain) => (
                    <Chain key={JSON.stringify(chain)} chain={chain} later={comesLater(chain, all)} />
                  ))}
                </div>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function hasMore({ cause, why }: PlacedCause): boolean {
  return why !== undefined || cause.Remedies.length > 0;
}

/** Remedies that are made together, as one button where all of them are one's own to make and can be made now. */
function Chain({ chain, later }: { chain: readonly Remedy[]; later: boolean }) {
  const { account } = useSession();
  const planned = planOf(chain, account);
  const calls = chain.map((it) => it.Call).join(', ');
  if (later && planned.length === chain.length) {
    return <div className={uiClasses.small}>Yours, once the Net has an internet service: {calls}</div>;
  }
  return chain.length === 1 || planned.length < chain.length ? (
    chain.map((remedy) => <RemedyView key={JSON.stringify(remedy)} remedy={remedy} />)
  ) : (
    <Action small primary label={chainWords(calls)} title="Remove what stops it?" plan={() => planned}>
      <span className={uiClasses.small}>{calls}</span>
    </Action>
  );
}

/** An internet service with a route is what a packet leaves by; with a public IP, what it comes in by. */
function chainWords(calls: string): string {
  if (!calls.includes('LinkInternetService')) {
    return 'Add a public IP';
  }
  return calls.includes('LinkPublicIp') ? 'Add a way in' : 'Add a way out';
}

/** A remedy as a button where it is one's own to make, and as a sentence otherwise. */
export function RemedyView({ remedy }: { remedy: Remedy }) {
  const { account } = useSession();
  const planned = plannedOf(remedy, account);
  const whose = remedy.AccountId === undefined ? 'the operator' : `account ${remedy.AccountId}`;
  return planned === undefined ? (
    <div className={uiClasses.small}>
      {remedy.AccountId === account ? 'Yours: ' : `The job of ${whose}: `}
      {remedy.Ask ?? `${remedy.Call} ${JSON.stringify(remedy.Arguments)}`}
    </div>
  ) : (
    <Action
      small
      primary
      label={REMEDIES[planned.call] ?? planned.call}
      title="Remove what stops it?"
      plan={() => [planned]}
    >
      <span className={uiClasses.small}>
        {Object.entries(remedy.Arguments)
          .map(([name, value]) => `${name} ${String(value)}`)
          .join(', ')}
      </span>
    </Action>
  );
}

const REMEDIES: Partial<Record<string, string>> = {
  AcceptNetPeering: 'Accept the peering',
  CreateNetPeering: 'Ask for a peering',
  CreateRoute: 'Add the route',
  UpdateRoute: 'Change the route',
  DeleteRoute: 'Delete the route',
  CreateSecurityGroupRule: 'Add the rule',
  StartVms: 'Start the VM',
  UpdateVm: 'Switch the check off',
  LinkInternetService: 'Link the internet service',
  LinkPublicIp: 'Link the public IP',
  CreateNetworkAclEntry: 'Add the entry',
};
