/** Whether an active peering lets anything pass, in a few words. */
import type { PeeringSummary } from '../api/schema.ts';

type Side = PeeringSummary['Source'];

/** What an active peering lacks for anything to pass, and on whose side; undefined where something passes, or it is not active. */
export function obstacleOf(summary: PeeringSummary, account: string): string | undefined {
  if (summary.Passable || summary.State !== 'active') {
    return undefined;
  }
  const sides = [summary.Source, summary.Accepter];
  const lacks = [
    ...(sides.some((side) => side.Leads === 'NONE')
      ? [
          `no route ${where(
            sides.filter((side) => side.Leads === 'NONE'),
            account,
          )}`,
        ]
      : []),
    ...(sides.some((side) => side.Admits) ? [] : ['no rule that lets anything in']),
  ];
  return lacks.length === 0 ? 'routes and rules do not meet' : lacks.join(', ');
}

function where(lacking: readonly Side[], account: string): string {
  const mine = lacking.filter((side) => side.AccountId === account);
  if (lacking.length === 2) {
    return 'on either side';
  }
  return mine.length === 0 ? 'on their side' : `from ${mine[0]?.IpRange}`;
}
