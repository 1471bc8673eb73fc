import { useRequest } from '../api/queries.ts';
import type { NetPeering, Side } from '../api/schema.ts';
import { doneOf, type PeeringHealth } from '../domain/health.ts';
import { accountWords } from '../domain/names.ts';
import { otherSide } from '../domain/peering.ts';
import { messageToPeer, type Service } from '../domain/setup.ts';
import { Code } from '../ui/Code.tsx';
import classes from '../ui/ui.module.css';

/** What is left to do for the other owner, as a text for them; that nothing is, where that is known. */
export function TheirSide({
  peering,
  health,
  mine,
  services,
}: {
  peering: NetPeering;
  health: PeeringHealth | undefined;
  mine: Side;
  services: readonly Service[];
}) {
  const theirs = otherSide(peering, mine.NetId);
  const done = doneOf(health, theirs.NetId);
  const request = useRequest(peering);
  const isRequester = peering.SourceNet.NetId === theirs.NetId;
  const owner = accountWords(theirs.AccountId, (isRequester ? request?.Source : request?.Accepter)?.Name);
  return (
    <section aria-label="Their side">
      <h3>Their side</h3>
      {done.leads && done.admits ? (
        <p className={classes.small}>
          Nothing is left to do there: {theirs.IpRange} has a route to you and lets something in. What else
          you may reach is for {owner} to open.
        </p>
      ) : (
        <>
          <p className={classes.small}>Only {owner} can do and see this. A text to send:</p>
          <Code text={messageToPeer(peering, mine, services, done)} label="Copy the text" />
        </>
      )}
    </section>
  );
}
