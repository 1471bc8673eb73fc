import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import type { HealthOfSide } from '../api/schema.ts';
import { isForSetup, type PeeringHealth, troublesOf } from '../domain/health.ts';
import { useSession } from '../session/SessionContext.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { CheckIcon, CrossIcon } from '../ui/icons.tsx';
import uiClasses from '../ui/ui.module.css';
import { setupOf } from './FinishSetup.tsx';
import classes from './Health.module.css';
import { RemedyView } from './TraceView.tsx';

type Query = { data: PeeringHealth | undefined; error: unknown; refetch: () => unknown };

/** What works of a peering, what is missing, and whose job that is. */
export function Health({ query }: { query: Query }) {
  if (query.error instanceof ApiError && query.error.unknownCall) {
    return <p className={uiClasses.quiet}>This server does not tell: it has no call ReadPeeringHealth.</p>;
  }
  return <Loaded query={query}>{(health) => <Told health={health} />}</Loaded>;
}

function Told({ health }: { health: PeeringHealth }) {
  const { State, Passable, Source, Accepter, Pairs } = health;
  const troubles = troublesOf(health);
  return (
    <div className={classes.health}>
      {State === 'active' && (
        <Line good={Passable} text={Passable ? 'Packets can pass.' : 'Nothing can pass yet.'} />
      )}
      <div className={classes.sides}>
        <SideHealth side={Source} peer={Accepter.IpRange} passable={Passable} />
        <SideHealth side={Accepter} peer={Source.IpRange} passable={Passable} />
      </div>
      {Pairs.length > 0 && <SubnetPairs pairs={Pairs} sides={[Source, Accepter]} />}
      {troubles.length === 0 ? (
        <p>Nothing that you can see is missing.</p>
      ) : (
        <ul className={uiClasses.list}>
          {troubles.map((finding) => (
            <li key={JSON.stringify(finding)} className={classes.finding}>
              <div>{finding.Why}</div>
              {finding.Remedy !== undefined && <RemedyView remedy={finding.Remedy} />}
              {finding.Remedy === undefined && <ToSetup finding={finding} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ToSetup({ finding }: { finding: PeeringHealth['Findings'][number] }) {
  const { account } = useSession();
  return isForSetup(finding, account) ? (
    <Button component="a" href={`#${setupOf(finding.NetId)}`} variant="default" size="compact-sm">
      Finish the set-up
    </Button>
  ) : null;
}

const LEADS: Record<HealthOfSide['Leads'], string> = {
  ALL: 'all of it',
  SOME: 'a part of it',
  NONE: 'none',
  UNTOLD: 'not told',
};

/** Which Subnets lead to which, where both sides are the viewer's own. */
function SubnetPairs({ pairs, sides }: { pairs: PeeringHealth['Pairs']; sides: readonly HealthOfSide[] }) {
  const ranges = new Map(
    sides.flatMap((side) => side.Subnets.map((subnet) => [subnet.SubnetId, subnet.IpRange])),
  );
  return (
    <ul className={uiClasses.list} aria-label="Pairs of Subnets">
      {pairs.map(({ SourceSubnetId, AccepterSubnetId, There, Back }) => (
        <li key={`${SourceSubnetId} ${AccepterSubnetId}`}>
          <Line
            good={There && Back}
            text={`${ranges.get(SourceSubnetId)} and ${ranges.get(AccepterSubnetId)}: ${pairWords(There, Back)}`}
          />
        </li>
      ))}
    </ul>
  );
}

function pairWords(there: boolean, back: boolean): string {
  if (there && back) {
    return 'routes both ways';
  }
  return there || back ? `no route ${there ? 'back' : 'there'}` : 'no routes';
}

function SideHealth({ side, peer, passable }: { side: HealthOfSide; peer: string; passable: boolean }) {
  const { account } = useSession();
  const told = side.Leads !== 'UNTOLD';
  return (
    <div>
      <strong>
        {side.IpRange}{' '}
        <span className={uiClasses.quiet}>{side.AccountId === account ? 'yours' : 'theirs'}</span>
      </strong>
      <Line good={told ? side.Leads === 'ALL' : 'unknown'} text={`Routes to ${peer}: ${LEADS[side.Leads]}`} />
      {told && !side.Admits && passable ? (
        <Line good="either" text={`Rules for ${peer}: none, only answers get in`} />
      ) : (
        <Line
          good={told ? side.Admits : 'unknown'}
          text={`Rules for ${peer}: ${told ? (side.Admits ? 'some' : 'none') : 'not told'}`}
        />
      )}
    </div>
  );
}

/** @param good "either" where it is so because somebody may want it so */
function Line({ good, text }: { good: boolean | 'either' | 'unknown'; text: string }) {
  return (
    <div className={classes.line} data-good={good}>
      {SIGNS[`${good}`]} {text}
    </div>
  );
}

const SIGNS: Record<`${boolean}` | 'either' | 'unknown', ReactNode> = {
  true: <CheckIcon />,
  false: <CrossIcon />,
  either: <span aria-hidden="true">–</span>,
  unknown: <span aria-hidden="true">?</span>,
};
