import { Alert, Autocomplete, Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useSearchParams } from 'wouter';
import { ApiError } from '../api/client.ts';
import { useAnswer, useNets, usePublicIpRanges, useVms } from '../api/queries.ts';
import type { Request } from '../api/requests.ts';
import type { Vm } from '../api/schema.ts';
import { outsideOf } from '../domain/exits.ts';
import { labelOf } from '../domain/names.ts';
import { candidatesIn, goalOf } from '../domain/trace.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Page, Panel } from '../ui/Page.tsx';
import classes from '../ui/ui.module.css';
import { Probe } from './Probe.tsx';
import { TraceView } from './TraceView.tsx';

const PROTOCOLS = ['icmp', 'tcp', 'udp'] as const;
type Protocol = (typeof PROTOCOLS)[number];

export type Question = Request<'TracePath'> & { IpProtocol: Protocol };

export function PathPage() {
  const vms = useVms();
  const ranges = usePublicIpRanges();
  return (
    <Page
      title="Test a path"
      intro="What a packet and its reply meet on their way, what stops them, and whose job it is to change that."
    >
      <Loaded query={vms}>
        {(all) => {
          const usable = all.filter((vm) => vm.PrivateIp !== undefined);
          return usable.length === 0 ? (
            <Empty title="No machine to start from">
              Create a Net, a Subnet in it and a VM in that first.
            </Empty>
          ) : (
            <Test vms={usable} outside={outsideOf(ranges.data ?? [])} />
          );
        }}
      </Loaded>
    </Page>
  );
}

/** What is offered as an end: one's machines, and the address that stands for everything outside, where there is one. */
type Ends = { vms: readonly Vm[]; outside: string | undefined };

/** The question is in the address of the page, so that it can be sent to somebody and asked again. */
function Test({ vms, outside }: Ends) {
  const [search, setSearch] = useSearchParams();
  const given = givenBy(search);
  const question = complete(given);
  return (
    <>
      <Panel title="From where to where">
        <Ask
          key={goalOf(given.To ?? '')?.ToNetId ?? ''}
          vms={vms}
          outside={outside}
          initial={given}
          onAsk={(asked) =>
            setSearch(
              Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)])),
              { replace: true },
            )
          }
        />
      </Panel>
      {question !== undefined && search.get('Guessed') !== null && (
        <p className={classes.quiet}>
          {question.To} is where the first machine of the other Net usually is. Its owner knows the address
          that you need.
        </p>
      )}
      {question !== undefined && <Result question={question} />}
    </>
  );
}

type Given = Partial<Question> & Pick<Question, 'IpProtocol'>;

/** What the page's address says of the question: all of it, a part of it or nothing. */
function givenBy(search: URLSearchParams): Given {
  const [From, To, port] = [search.get('From'), search.get('To'), search.get('Port')];
  return {
    IpProtocol: protocolNamed(search.get('IpProtocol')),
    ...(From === null ? {} : { From }),
    ...(To === null ? {} : { To }),
    ...(port === null ? {} : { Port: Number(port) }),
  };
}

function complete({ From, To, ...rest }: Given): Question | undefined {
  const goal = goalOf(To ?? '');
  return From === undefined || goal === undefined ? undefined : { From, ...goal, ...rest };
}

function protocolNamed(name: string | null): Protocol {
  return PROTOCOLS.find((it) => it === name) ?? 'icmp';
}

function Ask({
  vms,
  outside,
  initial,
  onAsk,
}: Ends & {
  initial: Given;
  onAsk: (question: Question) => void;
}) {
  const [from, setFrom] = useState(initial.From ?? vms[0]?.VmId ?? '');
  const [to, setTo] = useState(initial.To ?? '');
  const [protocol, setProtocol] = useState<Protocol>(initial.IpProtocol);
  const [port, setPort] = useState(initial.Port?.toString() ?? '443');
  const [tried, setTried] = useState(false);
  const ends = { vms, outside };
  const ported = protocol !== 'icmp';
  const wrongTo = toProblem(to, from);
  const wrongPort = ported && !isPort(port) ? 'A port from 0 to 65535 is expected.' : undefined;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrongTo === undefined && wrongPort === undefined) {
      onAsk({ From: from, To: to.trim(), IpProtocol: protocol, ...(ported ? { Port: Number(port) } : {}) });
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.tools}>
        <NativeSelect
          label="From"
          value={from}
          onChange={(change) => setFrom(change.currentTarget.value)}
          data={endsIn(ends, initial.From).map((value) => ({ value, label: inWords(ends, value) }))}
        />
        <Autocomplete
          label="To"
          placeholder="an address, or one of your VMs"
          value={to}
          onChange={setTo}
          data={endsIn(ends).filter((end) => end !== from)}
          renderOption={({ option }) => inWords(ends, option.value)}
          filter={({ options, search }) =>
            options.filter((it) => 'value' in it && fits(inWords(ends, it.value), search))
          }
          error={tried && wrongTo}
        />
        <NativeSelect
          label="Protocol"
          value={protocol}
          onChange={(change) => setProtocol(protocolNamed(change.currentTarget.value))}
          data={[
            { value: 'icmp', label: 'ping (icmp)' },
            { value: 'tcp', label: 'tcp' },
            { value: 'udp', label: 'udp' },
          ]}
        />
        {ported && (
          <TextInput
            label="Port"
            w={90}
            inputMode="numeric"
            value={port}
            onChange={(change) => setPort(change.currentTarget.value)}
            error={tried && wrongPort}
          />
        )}
        <Button type="submit">Test</Button>
      </div>
    </form>
  );
}

/** Who can be chosen: machines, what is outside, and an address that the page's own address names. */
function endsIn({ vms, outside }: Ends, given?: string): string[] {
  const known = [...vms.map((vm) => vm.VmId), ...(outside === undefined ? [] : [outside])];
  return given === undefined || known.includes(given) ? known : [...known, given];
}

/** A machine by its address, its name and its id. */
function inWords({ vms, outside }: Ends, id: string): string {
  if (id === outside) {
    return `${id} outside`;
  }
  const vm = vms.find((it) => it.VmId === id);
  return vm === undefined ? id : `${vm.PrivateIp} ${labelOf(id, vm)}`;
}

function fits(words: string, search: string): boolean {
  return words.toLowerCase().includes(search.trim().toLowerCase());
}

function toProblem(text: string, from: string): string | undefined {
  const given = text.trim();
  if (given === from) {
    return 'This is where it starts.';
  }
  return goalOf(given) === undefined
    ? 'An address such as 10.1.1.4 or vpc-1234abcd/10.1.1.4, or the id of a VM, is expected.'
    : undefined;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65535;
}

function Result({ question }: { question: Question }) {
  const trace = useAnswer('TracePath', question);
  if (trace.error instanceof ApiError && trace.error.unknownCall) {
    return (
      <Alert color="gray" variant="light" title="This server does not explain paths">
        It has no call TracePath.
      </Alert>
    );
  }
  const nets = trace.error instanceof ApiError ? candidatesIn(trace.error.message) : [];
  if (nets.length > 0) {
    return <WhichNet nets={nets} to={question.To} />;
  }
  return (
    <Stack>
      {question.From.startsWith('i-') && <Probe question={question} />}
      <Loaded query={trace}>{(found) => <TraceView trace={found} />}</Loaded>
    </Stack>
  );
}

/** An address that several Nets have is asked for again, in the one that is chosen. */
function WhichNet({ nets, to }: { nets: readonly string[]; to: string }) {
  const [, setSearch] = useSearchParams();
  const known = useNets().data ?? [];
  const choose = (net: string) =>
    setSearch(
      (now) => {
        now.set('To', `${net}/${to}`);
        return now;
      },
      { replace: true },
    );
  return (
    <Alert color="gray" variant="light" role="status" title={`Several Nets have the address ${to}`}>
      <p>Which one is meant?</p>
      <div className={classes.actions}>
        {nets.map((net) => (
          <Button key={net} variant="default" onClick={() => choose(net)}>
            {labelOf(
              net,
              known.find((it) => it.NetId === net),
            )}
          </Button>
        ))}
      </div>
    </Alert>
  );
}
