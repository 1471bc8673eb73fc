import type { Planned } from '../api/requests.ts';
import type { Answer, Remedy, TraceCause, TraceStep } from '../api/schema.ts';
import { parseAddress } from './cidr.ts';
import { awaitedBy } from './plan.ts';

export type Trace = Answer<'TracePath'>;

/** A step with what is wrong there, if anything is. */
export type Placed = { step: TraceStep; causes: readonly PlacedCause[] };

/** A cause says why only where that was not said before it, at the same step. */
export type PlacedCause = { cause: TraceCause; why: string | undefined };

/** The steps of one of the two ways, each with its causes. */
export function wayOf(trace: Trace, leg: TraceStep['Leg']): Placed[] {
  return trace.Steps.map((step, index) => ({
    step,
    causes: placed(
      step,
      trace.Causes.filter((cause) => cause.Step === index),
    ),
  })).filter(({ step }) => step.Leg === leg);
}

function placed(step: TraceStep, causes: readonly TraceCause[]): PlacedCause[] {
  const said = [step.Text, ...causes.map((cause) => cause.Why)].map(plain);
  return causes.map((cause, index) => ({
    cause,
    why: said.indexOf(plain(cause.Why)) === index + 1 ? cause.Why : undefined,
  }));
}

/** A sentence as it is compared: one that stands alone has a full stop. */
function plain(sentence: string): string {
  return sentence.toLowerCase().replace(/\.$/, '');
}

const CALLS: ReadonlySet<string> = new Set<Planned['call']>([
  'AcceptNetPeering',
  'CreateNetPeering',
  'CreateRoute',
  'UpdateRoute',
  'DeleteRoute',
  'CreateSecurityGroupRule',
  'StartVms',
  'UpdateVm',
  'CreateInternetService',
  'LinkInternetService',
  'CreatePublicIp',
  'LinkPublicIp',
  'CreateNetworkAclEntry',
]);

/** The call of a remedy, where this account may make it and nothing is left to be filled in. */
export function plannedOf(remedy: Remedy, account: string): Planned | undefined {
  return isComplete(remedy) ? callOf(remedy, account) : undefined;
}

function isComplete(remedy: Remedy): boolean {
  return Object.values(remedy.Arguments).every((it) => !String(it).startsWith('<'));
}

function callOf(remedy: Remedy, account: string): Planned | undefined {
  return remedy.AccountId === account && CALLS.has(remedy.Call)
    ? ({ call: remedy.Call, args: remedy.Arguments } as Planned)
    : undefined;
}

/** All that this account may do, in order: what waits for the answer of an earlier call of it is filled in on the way. */
export function planOf(remedies: readonly Remedy[], account: string): Planned[] {
  const made = new Set<string>();
  return remedies.flatMap((remedy) => {
    const planned = callOf(remedy, account);
    const possible = Object.values(remedy.Arguments).every(
      (it) => !String(it).startsWith('<') || made.has(awaitedBy(String(it)) ?? ''),
    );
    if (planned === undefined || !possible) {
      return [];
    }
    made.add(planned.call);
    return [planned];
  });
}

/** What these make is of no use before a later call of the same remedy: made alone, it would be made again the next time. */
const BEGINNINGS: ReadonlySet<string> = new Set<Planned['call']>(['CreateInternetService', 'CreatePublicIp']);

/** The remedies of a cause, those together that have to be made together. */
export function chainsOf(remedies: readonly Remedy[]): Remedy[][] {
  const chains: Remedy[][] = [];
  for (const remedy of remedies) {
    const last = chains.at(-1);
    const begun = new Set(last?.map((it) => it.Call).filter((call) => BEGINNINGS.has(call)));
    const goesOn =
      BEGINNINGS.has(remedy.Call) ||
      awaited(remedy).some((call) => begun.has(call)) ||
      (remedy.Call === 'LinkPublicIp' && has(last ?? [], 'LinkInternetService'));
    if (last !== undefined && begun.size > 0 && goesOn) {
      last.push(remedy);
    } else {
      chains.push([remedy]);
    }
  }
  return chains;
}

function awaited(remedy: Remedy): string[] {
  return Object.values(remedy.Arguments).flatMap((it) => awaitedBy(String(it)) ?? []);
}

function has(remedies: readonly Remedy[], call: string): boolean {
  return remedies.some((remedy) => remedy.Call === call);
}

/** Whether a chain's calls work only after others: no public IP is linked in a Net that has no internet service. */
export function comesLater(chain: readonly Remedy[], all: readonly Remedy[]): boolean {
  return has(chain, 'LinkPublicIp') && !has(chain, 'LinkInternetService') && has(all, 'LinkInternetService');
}

/** From which Net to which peering is missing for a packet; the other Net, and whose it is, only where they are known. */
export type MissingPeering = { from: string; to?: string; owner?: string };

/** The peering that is missing for the packet to get there; undefined where something else stops it. */
export function missingPeering(trace: Trace): MissingPeering | undefined {
  const asked = trace.Remedies.find((remedy) => remedy.Call === 'CreateNetPeering')?.Arguments;
  if (asked !== undefined) {
    const { SourceNetId, AccepterNetId, AccepterOwnerId } = asked;
    return { from: String(SourceNetId), to: String(AccepterNetId), owner: String(AccepterOwnerId) };
  }
  const nowhere = trace.Causes.some(
    ({ Trouble, Remedies }) => (Trouble === 'NO_ROUTE' || Trouble === 'NO_PEERING') && Remedies.length === 0,
  );
  return nowhere && trace.To === undefined && trace.From !== undefined
    ? { from: trace.From.NetId }
    : undefined;
}

/** Where a packet is to go, as it is typed: an address, one in a certain Net (vpc-1234abcd/10.1.1.4), or a machine's id. */
export function goalOf(text: string): { To: string; ToNetId?: string } | undefined {
  const [, net, end] = /^(?:(vpc-[0-9a-f]+)\/)?(\S+)$/.exec(text.trim()) ?? [];
  if (end === undefined) {
    return undefined;
  }
  if (parseAddress(end) !== undefined) {
    return net === undefined ? { To: end } : { To: end, ToNetId: net };
  }
  const isMachine = /^(?:i|eni)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(end);
  return isMachine && net === undefined ? { To: end } : undefined;
}

/** The Nets, one of which has to be named, where the server says that an address is in several. */
export function candidatesIn(message: string): string[] {
  return message.includes(' of To ') && message.includes('several Nets')
    ? (message.match(/vpc-[0-9a-f]+/g) ?? [])
    : [];
}

/** What to tell another owner, so that they can do their part. */
export function askOthers(trace: Trace, account: string): string | undefined {
  const theirs = trace.Remedies.filter((remedy) => remedy.AccountId !== account);
  if (theirs.length === 0) {
    return undefined;
  }
  const { From, Source, To, Destination, Packet } = trace;
  return [
    `${Packet} from ${placeWords(Source, From)} to ${placeWords(Destination, To)} does not pass.`,
    'What is left to do on your side:',
    ...theirs.map(({ Call, Arguments, Ask }) => `- ${Ask ?? Call}\n  ${Call} ${JSON.stringify(Arguments)}`),
  ].join('\n');
}

function placeWords(address: string, site: Trace['From']): string {
  return site === undefined ? address : `${address} (${site.NetId})`;
}
