import { Alert, Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useChange, useGroups, useNets, useRouteTables, useSubnets, useVms } from '../api/queries.ts';
import type { Planned } from '../api/requests.ts';
import type { NetPeering, RouteTable, SecurityGroup, Side, Subnet, Vm } from '../api/schema.ts';
import { groupsOf, groupsToOpen } from '../domain/groups.ts';
import { isComplete, type PeeringHealth } from '../domain/health.ts';
import { labelOf } from '../domain/names.ts';
import { otherSide, sidesFor } from '../domain/peering.ts';
import {
  groupLetIn,
  PING,
  routeSteps,
  ruleSteps,
  type Service,
  servicesOpen,
  type Step,
  unique,
} from '../domain/setup.ts';
import { useSession } from '../session/SessionContext.ts';
import { Disclosed } from '../ui/Action.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Panel } from '../ui/Page.tsx';
import { Refused } from '../ui/Refused.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import classes from '../ui/ui.module.css';
import pageClasses from './FinishSetup.module.css';
import { ServiceChoice } from './ServiceChoice.tsx';
import { TheirSide } from './TheirSide.tsx';

type World = {
  tables: readonly RouteTable[];
  subnets: readonly Subnet[];
  groups: readonly SecurityGroup[];
  vms: readonly Vm[];
};

/**
 * What is left to do for packets to pass: on one's own side by a click, for the other side as a text. Where packets pass
 * when the page is opened nothing is left, and it waits until somebody wants to open more.
 */
export function FinishSetup({ peering, health }: { peering: NetPeering; health: PeeringHealth | undefined }) {
  const { account } = useSession();
  const [wanted, setWanted] = useState(false);
  const complete = useFirst(health && isComplete(health, account));
  if (complete === undefined) {
    return null;
  }
  const passable = health?.Passable ?? false;
  return (
    <Panel title={passable ? 'Open more' : 'Finish the set-up'}>
      <p className={`${classes.quiet} ${classes.small}`}>
        {passable
          ? 'The set-up is complete. What each side may reach of the other can be changed at any time.'
          : 'A peering only connects. Each owner opens their own side: a route to the other range, and rules for what the other side may reach.'}
      </p>
      {complete && !wanted ? (
        <Button variant="default" onClick={() => setWanted(true)}>
          Choose what is open
        </Button>
      ) : (
        <Choices peering={peering} health={health} />
      )}
    </Panel>
  );
}

/** What a value was when it was there for the first time. */
function useFirst<T>(value: T | undefined): T | undefined {
  const [first, setFirst] = useState(value);
  if (first === undefined && value !== undefined) {
    setFirst(value);
  }
  return first ?? value;
}

function Choices({ peering, health }: { peering: NetPeering; health: PeeringHealth | undefined }) {
  const read = together(useRouteTables(), useSubnets(), useGroups(), useVms());
  return (
    <Loaded query={read}>
      {({ a: tables, b: subnets, c: groups, d: vms }) => (
        <Sides peering={peering} health={health} world={{ tables, subnets, groups, vms }} />
      )}
    </Loaded>
  );
}

function Sides({
  peering,
  health,
  world,
}: {
  peering: NetPeering;
  health: PeeringHealth | undefined;
  world: World;
}) {
  const { account } = useSession();
  const { mine, theirs } = sidesFor(peering, account);
  const [services, setServices] = useState<readonly Service[]>(() => {
    const open = unique(mine.flatMap((side) => begun(peering, side, world).services));
    return open.length > 0 ? open : [PING];
  });
  return (
    <>
      <ServiceChoice chosen={services} onChange={setServices} />
      <div className={pageClasses.sides}>
        {mine.map((side) => (
          <OwnSide key={side.NetId} peering={peering} side={side} services={services} world={world} />
        ))}
        {theirs.length > 0 && mine[0] !== undefined && (
          <TheirSide peering={peering} health={health} mine={mine[0]} services={services} />
        )}
      </div>
    </>
  );
}

/** What a side is proposed at first: the groups that its machines use, and what those let in already. */
function begun(peering: NetPeering, side: Side, { groups, vms }: World) {
  const peer = otherSide(peering, side.NetId);
  const chosen = groupsToOpen(groupsOf(side.NetId, groups, vms));
  const from = groupLetIn(
    chosen,
    groups.filter((it) => it.NetId === peer.NetId),
  );
  return { chosen, from, services: servicesOpen(peer, chosen, from) };
}

function OwnSide({
  peering,
  side,
  services,
  world,
}: {
  peering: NetPeering;
  side: Side;
  services: readonly Service[];
  world: World;
}) {
  const peer = otherSide(peering, side.NetId);
  const place = useRef<HTMLElement>(null);
  // Somebody may have followed the link to here before there was anything to lead to.
  useEffect(() => {
    if (location.hash === `#${setupOf(side.NetId)}`) {
      place.current?.focus();
    }
  }, [side.NetId]);
  const [first] = useState(() => begun(peering, side, world));
  const [chosen, setChosen] = useState<readonly string[]>(first.chosen.map((it) => it.SecurityGroupId));
  const [from, setFrom] = useState(first.from?.SecurityGroupId ?? '');
  const own = groupsOf(side.NetId, world.groups, world.vms);
  // One sees the groups of a Net of one's own, and a rule that names one counts while the peering is active (S5).
  const theirs = peering.State.Name === 'active' ? groupsOf(peer.NetId, world.groups, world.vms) : [];
  const steps = [
    ...routeSteps(peering, side.NetId, world.tables, world.subnets),
    ...ruleSteps(
      peer,
      own.map((it) => it.group).filter((it) => chosen.includes(it.SecurityGroupId)),
      services,
      theirs.find((it) => it.group.SecurityGroupId === from)?.group,
    ),
  ];
  const net = useNets().data?.find((it) => it.NetId === side.NetId);
  return (
    <section id={setupOf(side.NetId)} ref={place} tabIndex={-1} aria-label={`Your side, ${side.NetId}`}>
      <h3>Your side: {labelOf(side.NetId, net)}</h3>
      <Checkbox.Group label="Security groups that get the rules" value={[...chosen]} onChange={setChosen}>
        <Group gap="md" my={6}>
          {own.map(({ group, machines }) => (
            <Checkbox
              key={group.SecurityGroupId}
              value={group.SecurityGroupId}
              label={`${labelOf(group.SecurityGroupName, group)}, ${machinesWord(machines)}`}
              size="sm"
            />
          ))}
        </Group>
      </Checkbox.Group>
      {theirs.length > 0 && (
        <NativeSelect
          size="xs"
          className={pageClasses.from ?? ''}
          label="Who is let in"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data={[
            { value: '', label: `all of ${peer.IpRange}` },
            ...theirs.map(({ group, machines }) => ({
              value: group.SecurityGroupId,
              label: `only machines of ${group.SecurityGroupName} (${machinesWord(machines)})`,
            })),
          ]}
        />
      )}
      <Steps steps={steps} />
      <DoIt planned={steps.filter((step) => !step.done).map((step) => step.planned)} />
    </section>
  );
}

function machinesWord(count: number): string {
  return count === 0 ? 'no VM' : count === 1 ? '1 VM' : `${count} VMs`;
}

/** Where a Net's own side is set up on the page of a peering. */
export function setupOf(netId: string): string {
  return `set-up-${netId}`;
}

function DoIt({ planned }: { planned: readonly Planned[] }) {
  const change = useChange();
  return (
    <>
      {change.error !== null && <Refused error={change.error} title="The rest was not done" />}
      {planned.length === 0 ? (
        <Alert color="green" variant="light" icon={<CheckIcon />} title="Your side is ready">
          Nothing is left to do here.
        </Alert>
      ) : (
        <Disclosed planned={planned}>
          <Button onClick={() => change.mutate(planned)} loading={change.isPending}>
            Do {planned.length === 1 ? 'it' : `all ${planned.length}`}
          </Button>
        </Disclosed>
      )}
    </>
  );
}

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ul className={pageClasses.steps}>
      {steps.map((step) => (
        <li key={JSON.stringify(step.planned.args)} data-done={step.done}>
          <span aria-hidden="true">{step.done ? '✓' : '○'}</span>
          <span>
            {words(step)} <span className={classes.quiet}>{step.why}</span>
            {step.done && <span className={classes.quiet}> – done</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function words({ planned }: Step): string {
  switch (planned.call) {
    case 'CreateRoute':
      return `Route ${planned.args.DestinationIpRange} in ${planned.args.RouteTableId}`;
    case 'UpdateRoute':
      return `Point the route ${planned.args.DestinationIpRange} of ${planned.args.RouteTableId} here`;
    case 'CreateSecurityGroupRule':
      return `Rule in ${planned.args.SecurityGroupId}`;
    default:
      return planned.call;
  }
}
