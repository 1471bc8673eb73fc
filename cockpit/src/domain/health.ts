import type { Answer } from '../api/schema.ts';

/** How a peering is, as ReadPeeringHealth answers it. */
export type PeeringHealth = Answer<'ReadPeeringHealth'>;

/** What the set-up of a side does, after one has chosen for which groups and services. */
const SET_UP: ReadonlySet<string> = new Set(['NO_ROUTE', 'NO_RULE']);

/** Whether the set-up of one's own side would do away with a finding. */
export function isForSetup(finding: PeeringHealth['Findings'][number], account: string): boolean {
  return finding.AccountId === account && SET_UP.has(finding.Kind);
}

/** What is wrong. Where packets pass, a side that lets nothing in does so for as long as its owner wants it that way. */
export function troublesOf({ Passable, Findings }: PeeringHealth): PeeringHealth['Findings'] {
  return Passable ? Findings.filter(({ Kind }) => Kind !== 'NO_RULE') : Findings;
}

/** Whether packets can pass and nothing is left that the viewer would set up. */
export function isComplete(health: PeeringHealth, account: string): boolean {
  return health.Passable && !troublesOf(health).some((finding) => isForSetup(finding, account));
}

/** What is known to be done on a side of a peering. */
export type Done = { leads: boolean; admits: boolean };

export function doneOf(health: PeeringHealth | undefined, netId: string): Done {
  const side = [health?.Source, health?.Accepter].find((it) => it?.NetId === netId);
  return { leads: side?.Leads === 'ALL', admits: side?.Admits === true && side.Leads !== 'UNTOLD' };
}
