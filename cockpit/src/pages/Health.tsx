import { ApiError } from '../api/client.ts';
import type { Remedy } from '../api/schema.ts';
import { useSession } from '../session/SessionContext.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { CheckIcon, CrossIcon } from '../ui/icons.tsx';
import uiClasses from '../ui/ui.module.css';
import { RemedyView } from './TraceView.tsx';
import classes from './Health.module.css';

/** What Cockpit shows of ReadPeeringHealth. */
export type PeeringHealth = {
  Source: HealthOfSide;
  Accepter: HealthOfSide;
  Findings: readonly { Kind: string; NetId: string; AccountId: string; Why: string; Remedy?: Remedy }[];
};

/** How much of the peer's range a side leads through the peering, and whether a rule lets anything of it in. */
type HealthOfSide = { NetId: string; AccountId: string; IpRange: string; Leads: string; Admits: boolean };

type Query = { data: PeeringHealth | undefined; error: unknown; refetch: () => unknown };

/** What works of a peering, what is missing, and whose job that is. */
export function Health({ query }: { query: Query }) {
  if (query.error instanceof ApiError && query.error.unknownCall) {
    return <p className={uiClasses.quiet}>This server does not tell: it has no call ReadPeeringHealth.</p>;
  }
  return (
    <Loaded query={query}>
      {({ Source, Accepter, Findings }) => (
        <div className={classes.health}>
          <div className={classes.sides}>
            <SideHealth side={Source} peer={Accepter.IpRange} />
            <SideHealth side={Accepter} peer={Source.IpRange} />
          </div>
          {Findings.length === 0 ? (
            <p>Nothing that you can see is missing.</p>
          ) : (
            <ul className={uiClasses.list}>
              {Findings.map((finding) => (
                <li key={JSON.stringify(finding)} className={classes.finding}>
                  <div>{finding.Why}</div>
                  {finding.Remedy !== undefined && <RemedyView remedy={finding.Remedy} />}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Loaded>
  );
}

function SideHealth({ side, peer }: { side: HealthOfSide; peer: string }) {
  const { account } = useSession();
  const leads = side.Leads.toLowerCase();
  const told = leads !== 'untold';
  return (
    <div>
      <strong>
        {side.IpRange}{' '}
        <span className={uiClasses.quiet}>{side.AccountId === account ? 'yours' : 'theirs'}</span>
      </strong>
      <Line
        good={told ? leads === 'all' : undefined}
        text={`Routes to ${peer}: ${told ? leads : 'not told'}`}
      />
      <Line
        good={told ? side.Admits : undefined}
        text={`Rules for ${peer}: ${told ? (side.Admits ? 'some' : 'none') : 'not told'}`}
      />
    </div>
  );
}

function Line({ good, text }: { good: boolean | undefined; text: string }) {
  return (
    <div className={classes.line} data-good={good}>
      {good === undefined ? <span aria-hidden="true">?</span> : good ? <CheckIcon /> : <CrossIcon />} {text}
    </div>
  );
}
