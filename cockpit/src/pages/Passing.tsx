import { Link } from 'wouter';
import type { NetPeering, PeeringSummary } from '../api/schema.ts';
import { obstacleOf } from '../domain/passing.ts';
import { stateAt } from '../domain/peering.ts';
import { useNow } from '../session/clock.ts';
import { useSession } from '../session/SessionContext.ts';
import { CheckIcon } from '../ui/icons.tsx';
import { IncompleteSign } from '../ui/State.tsx';
import classes from '../ui/ui.module.css';

/** Whether anything passes through a peering; if not, what is missing, and the way to the page that helps. */
export function Passing({ peering, summary }: { peering: NetPeering; summary: PeeringSummary | undefined }) {
  const { account } = useSession();
  const state = stateAt(peering, useNow());
  if (state !== 'active' || summary?.State !== 'active') {
    return <span className={classes.quiet}>{state === 'active' ? '…' : '–'}</span>;
  }
  const obstacle = obstacleOf(summary, account);
  return obstacle === undefined ? (
    <span className={classes.passing} data-good={true}>
      <CheckIcon /> packets can pass
    </span>
  ) : (
    <Link href={`/peerings/${summary.NetPeeringId}`} className={classes.passing} data-good={false}>
      <IncompleteSign /> {obstacle}
    </Link>
  );
}
