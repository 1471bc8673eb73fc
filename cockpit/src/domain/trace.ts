import type { Planned } from '../api/requests.ts';
import type { Answer, Remedy, TraceCause, TraceStep } from '../api/schema.ts';

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
]);

/** The call of a remedy, where this account may make it and nothing is left to be filled in. */
export function plannedOf(remedy: Remedy, account: string): Planned | undefined {
  const complete = !JSON.stringify(remedy.Arguments).includes('"<');
  return remedy.AccountId === account && complete && CALLS.has(remedy.Call)
    ? ({ call: remedy.Call, args: remedy.Arguments } as Planned)
    : undefined;
}

/** What to tell another owner, so that they can do their part. */
export function askOthers(trace: Trace, account: string): string | undefined {
  const theirs = trace.Remedies.filter((remedy) => remedy.AccountId !== account);
  if (theirs.length === 0) {
    return undefined;
  }
  const { From, To, Destination, Packet } = trace;
  return [
    `${Packet} from ${From.PrivateIp} (${From.NetId}) to ${Destination}${To === undefined ? '' : ` (${To.NetId})`} does not pass.`,
    'What is left to do on your side:',
    ...theirs.map(({ Call, Arguments, Ask }) => `- ${Ask ?? Call}\n  ${Call} ${JSON.stringify(Arguments)}`),
  ].join('\n');
}
