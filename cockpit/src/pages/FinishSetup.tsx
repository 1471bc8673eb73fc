import { Alert, Button, Checkbox, Chip, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange, useGroups, useNets, useRouteTables, useSubnets } from '../api/queries.ts';
import type { Net, NetPeering, RouteTable, SecurityGroup, Side, Subnet } from '../api/schema.ts';
import { labelOf } from '../domain/names.ts';
import { otherSide, sidesFor } from '../domain/peering.ts';
import { messageToPeer, routeSteps, ruleSteps, type Service, SERVICES, type Step } from '../domain/setup.ts';
import { parsePorts } from '../domain/traffic.ts';
import { useSession } from '../session/SessionContext.ts';
import { Disclosed } from '../ui/Action.tsx';
import { Code } from '../ui/Code.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Panel } from '../ui/Page.tsx';
import { Refused } from '../ui/Refused.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import classes from '../ui/ui.module.css';
import pageClasses from './FinishSetup.module.css';

type World = { tables: RouteTable[]; subnets: Subnet[]; groups: SecurityGroup[]; nets: Net[] };

/** What is left to do for packets to pass: on one's own side by a click, for the other side as a text. */
export function FinishSetup({ peering }: { peering: NetPeering }) {
  const { account } = useSession();
  const read = together(useRouteTables(), useSubnets(), useGroups(), useNets());
  const { mine, theirs } = sidesFor(peering, account);
  const [services, setServices] = useState<Service[]>(() =>
    SERVICES.filter((service) => service.id === 'ping'),
  );
  return (
    <Panel title="Finish the set-up">
      <p className={`${classes.quiet} ${classes.small}`}>
        A peering only connects. Each owner opens their own side: a route to the other range, and rules for
        what the other side may reach.
      </p>
      <Services chosen={services} onChange={setServices} />
      <Loaded query={read}>
        {({ a: tables, b: subnets, c: groups, d: nets }) => (
          <div className={pageClasses.sides}>
            {mine.map((side) => (
              <OwnSide
                key={side.NetId}
                peering={peering}
                side={side}
                services={services}
                world={{ tables, subnets, groups, nets }}
              />
            ))}
            {theirs.length > 0 && mine[0] !== undefined && (
              <section aria-label="Their side">
                <h3>Their side</h3>
                <p className={classes.small}>
                  Only account {theirs[0]?.AccountId} can do and see this. A text to send:
                </p>
                <Code text={messageToPeer(peering, mine[0], services)} label="Copy the text" />
              </section>
            )}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}

function Services({
  chosen,
  onChange,
}: {
  chosen: readonly Service[];
  onChange: (services: Service[]) => void;
}) {
  const [more, setMore] = useState<Service[]>([]);
  const [protocol, setProtocol] = useState('tcp');
  const [ports, setPorts] = useState('');
  const range = parsePorts(ports);
  const all = [...SERVICES, ...more];
  const choose = (ids: string[]) => onChange(all.filter((service) => ids.includes(service.id)));
  const add = () => {
    if (range !== undefined && ports.trim() !== '') {
      const label = `${protocol} ${ports.trim()}`;
      const service = { id: label, label, protocol, from: range.from, to: range.to };
      setMore([...more, service]);
      onChange([...chosen, service]);
      setPorts('');
    }
  };
  return (
    <fieldset className={pageClasses.services}>
      <legend>What the other side may reach here</legend>
      <Chip.Group multiple value={chosen.map((service) => service.id)} onChange={choose}>
        <Group gap="xs">
          {all.map((service) => (
            <Chip key={service.id} value={service.id} size="sm">
              {service.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <div className={classes.tools}>
        <NativeSelect
          size="xs"
          label="Protocol"
          value={protocol}
          onChange={(change) => setProtocol(change.currentTarget.value)}
          data={['tcp', 'udp']}
        />
        <TextInput
          size="xs"
          label="Port or ports"
          placeholder="8080 or 8000-8099"
          value={ports}
          error={range === undefined && 'A port, or two with a dash.'}
          onChange={(change) => setPorts(change.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          onClick={add}
          disabled={range === undefined || ports.trim() === ''}
        >
          Add
        </Button>
      </div>
    </fieldset>
  );
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
  const groups = world.groups.filter((group) => group.NetId === side.NetId);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    groups.filter((group) => group.SecurityGroupName === 'default').map((group) => group.SecurityGroupId),
  );
  const change = useChange();
  const peer = otherSide(peering, side.NetId);
  const steps = [
    ...routeSteps(peering, side.NetId, world.tables, world.subnets),
    ...ruleSteps(
      peer,
      groups.filter((group) => chosen.includes(group.SecurityGroupId)),
      services,
    ),
  ];
  const left = steps.filter((step) => !step.done).map((step) => step.planned);
  const net = world.nets.find((it) => it.NetId === side.NetId);
  return (
    <section aria-label={`Your side, ${side.NetId}`}>
      <h3>Your side: {labelOf(side.NetId, net)}</h3>
      <Checkbox.Group label="Security groups that get the rules" value={[...chosen]} onChange={setChosen}>
        <Group gap="md" my={6}>
          {groups.map((group) => (
            <Checkbox
              key={group.SecurityGroupId}
              value={group.SecurityGroupId}
              label={labelOf(group.SecurityGroupName, group)}
              size="sm"
            />
          ))}
        </Group>
      </Checkbox.Group>
      <Steps steps={steps} />
      {change.error !== null && <Refused error={change.error} title="The rest was not done" />}
      {left.length === 0 ? (
        <Alert color="green" variant="light" icon={<CheckIcon />} title="Your side is ready">
          Nothing is left to do here.
        </Alert>
      ) : (
        <Disclosed planned={left}>
          <Button onClick={() => change.mutate(left)} loading={change.isPending}>
            Do {left.length === 1 ? 'it' : `all ${left.length}`}
          </Button>
        </Disclosed>
      )}
    </section>
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
