import { Button, NativeSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { call } from '../api/client.ts';
import { useChange, useNets, usePeerings, useQuotas, useVms } from '../api/queries.ts';
import type { Planned } from '../api/requests.ts';
import type { Answer, Net, NetPeering, Quota, StateName, Vm } from '../api/schema.ts';
import { labelOf } from '../domain/names.ts';
import { canAsk, checks, type Target } from '../domain/precheck.ts';
import { useSession } from '../session/SessionContext.ts';
import { Disclosed } from '../ui/Action.tsx';
import { pathOfPeering } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Page, Panel } from '../ui/Page.tsx';
import { Refused } from '../ui/Refused.tsx';
import classes from '../ui/ui.module.css';
import { Checks } from './Checks.tsx';
import pageClasses from './CreatePeeringPage.module.css';

export function CreatePeeringPage() {
  const read = together(useNets(), usePeerings(), useVms(), useQuotas());
  return (
    <Page
      title="Create a peering"
      intro="Ask the owner of another Net to connect it to one of yours. Between two Nets of your own, it is made at once."
    >
      <Loaded query={read}>
        {({ a: nets, b: peerings, c: vms, d: quotaTypes }) =>
          nets.length === 0 ? (
            <Empty
              title="You have no Net yet"
              action={
                <Button component={Link} href="/nets">
                  Go to Nets
                </Button>
              }
            >
              A peering connects a Net of yours with another one. Make a Net, a Subnet in it and a VM first.
            </Empty>
          ) : (
            <Form
              nets={nets}
              peerings={peerings}
              vms={vms}
              quotas={quotaTypes.flatMap((type) => type.Quotas)}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

type Whose = 'mine' | 'theirs';

type Given = { nets: Net[]; peerings: NetPeering[]; vms: Vm[]; quotas: Quota[] };

function Form({ nets, peerings, vms, quotas }: Given) {
  const [search] = useSearchParams();
  const [sourceId, setSourceId] = useState(search.get('from') ?? nets[0]?.NetId ?? '');
  const given = search.get('to') ?? '';
  const givenOwn = nets.some((net) => net.NetId === given);
  const [whose, setWhose] = useState<Whose>(givenOwn ? 'mine' : 'theirs');
  const [ownId, setOwnId] = useState(givenOwn ? given : '');
  const [netId, setNetId] = useState(givenOwn ? '' : given);
  const [owner, setOwner] = useState(givenOwn ? '' : (search.get('owner') ?? ''));
  const [message, setMessage] = useState('');
  const [tried, setTried] = useState(false);

  const source = nets.find((net) => net.NetId === sourceId);
  const target = targetOf(whose, ownId, netId.trim(), owner.trim(), nets);
  const known = { peerings, vms, quotas, activePerNet: activePerNet(quotas) };
  const named = source !== undefined && target !== undefined ? { source, target } : undefined;
  const all = named === undefined ? [] : checks(named.source, named.target, known);
  const missing = tried && named === undefined;

  return (
    <div className={pageClasses.columns}>
      <Panel title="The two Nets">
        <Stack>
          <NativeSelect
            label="Your Net"
            value={sourceId}
            onChange={(change) => setSourceId(change.currentTarget.value)}
            data={nets.map(option)}
          />
          <SegmentedControl
            aria-label="The other Net is"
            value={whose}
            onChange={(chosen) => setWhose(chosen as Whose)}
            data={[
              { value: 'theirs', label: 'Somebody else’s' },
              { value: 'mine', label: 'Mine too' },
            ]}
          />
          {whose === 'mine' ? (
            <NativeSelect
              label="The other Net"
              value={ownId}
              onChange={(change) => setOwnId(change.currentTarget.value)}
              error={missing && 'Choose one.'}
              data={[
                { value: '', label: 'Choose…' },
                ...nets.filter((net) => net.NetId !== sourceId).map(option),
              ]}
            />
          ) : (
            <>
              <Theirs netId={netId} setNetId={setNetId} owner={owner} setOwner={setOwner} missing={missing} />
              <Message text={message} onChange={setMessage} />
            </>
          )}
        </Stack>
      </Panel>
      <Panel title="Can it work?">
        <Stack>
          {named === undefined ? (
            <p className={classes.quiet}>Choose both Nets: what is known is shown before anybody is asked.</p>
          ) : (
            <Checks checks={all} />
          )}
          <Ask
            named={named}
            message={whose === 'mine' ? '' : message.trim()}
            own={whose === 'mine' || target?.own !== undefined}
            possible={named === undefined || canAsk(all)}
            onIncomplete={() => setTried(true)}
          />
        </Stack>
      </Panel>
    </div>
  );
}

function option(net: Net): { value: string; label: string } {
  return { value: net.NetId, label: `${net.IpRange}  ${labelOf(net.NetId, net)}` };
}

function activePerNet(quotas: readonly Quota[]): number | undefined {
  return quotas.find((quota) => quota.Name === 'networklink_limit')?.MaxValue;
}

const NET_ID = /^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const ACCOUNT_ID = /^\d{12}$/;

function targetOf(
  whose: Whose,
  ownId: string,
  netId: string,
  owner: string,
  nets: readonly Net[],
): Target | undefined {
  const own = nets.find((net) => net.NetId === (whose === 'mine' ? ownId : netId));
  if (own !== undefined) {
    return { netId: own.NetId, own };
  }
  return whose === 'theirs' && NET_ID.test(netId) && ACCOUNT_ID.test(owner)
    ? { netId, ownerId: owner }
    : undefined;
}

/** The id and the owner of the other Net; both are taken out of whatever text is pasted into the first field. */
function Theirs({
  netId,
  setNetId,
  owner,
  setOwner,
  missing,
}: {
  netId: string;
  setNetId: (id: string) => void;
  owner: string;
  setOwner: (id: string) => void;
  /** Whether somebody tried to go on without them. */
  missing: boolean;
}) {
  const first = useRef<HTMLInputElement>(null);
  const [search] = useSearchParams();
  const chosen = search.has('from') && !search.has('to');
  // Who comes with their own Net chosen has only this left to say.
  useEffect(() => {
    if (chosen) {
      first.current?.focus();
    }
  }, [chosen]);
  const take = (text: string) => {
    const id = /vpc-(?:[0-9a-f]{17}|[0-9a-f]{8})/.exec(text)?.[0];
    const account = /\b\d{12}\b/.exec(text)?.[0];
    setNetId(id ?? text);
    if (id !== undefined && account !== undefined) {
      setOwner(account);
    }
  };
  return (
    <>
      <TextInput
        label="Their Net’s id"
        description="You may paste the text that they sent you: the ids are found in it."
        ref={first}
        placeholder="vpc-1234abcd"
        value={netId}
        onChange={(change) => take(change.currentTarget.value)}
        error={
          (missing || netId !== '') &&
          !NET_ID.test(netId.trim()) &&
          'vpc- and 8 or 17 characters of 0-9 and a-f are expected.'
        }
        autoComplete="off"
      />
      <TextInput
        label="Their account id"
        placeholder="123456789012"
        value={owner}
        onChange={(change) => setOwner(change.currentTarget.value)}
        error={(missing || owner !== '') && !ACCOUNT_ID.test(owner.trim()) && '12 digits are expected.'}
        inputMode="numeric"
        autoComplete="off"
      />
    </>
  );
}

/** What goes with the request: one's name, and a word to the other owner. */
function Message({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { session } = useSession();
  return (
    <Textarea
      label="Message"
      description={
        <>
          Optional, up to {LONGEST_MESSAGE} characters. It goes to the other owner with your account id
          {session.Name === undefined ? ' (' : `, and your name, ${session.Name} (`}
          <Link href="/account" className={classes.link}>
            {session.Name === undefined ? 'give your account a name' : 'change it'}
          </Link>
          ).
        </>
      }
      placeholder="Who you are, and what this is for"
      autosize
      minRows={2}
      maxLength={LONGEST_MESSAGE}
      value={text}
      onChange={(change) => onChange(change.currentTarget.value)}
    />
  );
}

const LONGEST_MESSAGE = 500;

/**
 * Asks, and where both Nets are the caller's own, accepts in the same step (P8).
 *
 * @param named the two Nets, once both are known; who goes on before that is told what is missing
 */
function Ask({
  named,
  message,
  own,
  possible,
  onIncomplete,
}: {
  named: { source: Net; target: Target } | undefined;
  message: string;
  own: boolean;
  possible: boolean;
  onIncomplete: () => void;
}) {
  const { region } = useSession();
  const [, go] = useLocation();
  const change = useChange();
  const [second, setSecond] = useState<unknown>();
  const request = named === undefined ? undefined : requestOf(named, own ? '' : message);
  const ask = async (asked: Planned) => {
    setSecond(undefined);
    const [answer] = await change.mutateAsync([asked]);
    const { id, state } = madeBy(answer as Answer<'CreateNetPeering'> | Answer<'AskForPeering'>);
    if (own && state === 'pending-acceptance') {
      try {
        await call('AcceptNetPeering', { NetPeeringId: id }, region);
        await change.mutateAsync([]);
      } catch (refused) {
        setSecond(refused);
        return;
      }
    }
    go(pathOfPeering(id));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (request === undefined) {
      onIncomplete();
    } else {
      void ask(request).catch(() => {});
    }
  };
  const accept: Planned = { call: 'AcceptNetPeering', args: { NetPeeringId: 'pcx-...' } };
  return (
    <form onSubmit={submit}>
      <Stack>
        {change.error !== null && <Refused error={change.error} title="The request was refused" />}
        {second !== undefined && (
          <Refused error={second} title="The request was made, but could not be accepted" />
        )}
        {request !== undefined && <Disclosed planned={own ? [request, accept] : [request]} />}
        <Button type="submit" disabled={!possible} loading={change.isPending}>
          {own ? 'Connect the two Nets' : 'Ask for the peering'}
        </Button>
      </Stack>
    </form>
  );
}

function madeBy(answer: Answer<'CreateNetPeering'> | Answer<'AskForPeering'>): {
  id: string;
  state: StateName;
} {
  return 'NetPeering' in answer
    ? { id: answer.NetPeering.NetPeeringId, state: answer.NetPeering.State.Name }
    : { id: answer.NetPeeringId, state: answer.State };
}

/** The API that everybody has knows no messages: with one it is Linkspan's own call. */
function requestOf({ source, target }: { source: Net; target: Target }, message: string): Planned {
  const args = {
    SourceNetId: source.NetId,
    AccepterNetId: target.netId,
    ...(target.ownerId === undefined ? {} : { AccepterOwnerId: target.ownerId }),
  };
  return message === ''
    ? { call: 'CreateNetPeering', args }
    : { call: 'AskForPeering', args: { ...args, Message: message } };
}
