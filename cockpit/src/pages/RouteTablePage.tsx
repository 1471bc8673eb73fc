import { useLocation } from 'wouter';
import {
  useInternetServices,
  useNatServices,
  useNets,
  usePeerings,
  useRouteTables,
  useSubnets,
  useVms,
} from '../api/queries.ts';
import type {
  InternetService,
  NatService,
  Net,
  NetPeering,
  Route,
  RouteTable,
  Subnet,
  Vm,
} from '../api/schema.ts';
import { cidrProblem, compareCidrs, contains, parseCidr } from '../domain/cidr.ts';
import { EVERYWHERE, exists, serviceOf } from '../domain/exits.ts';
import { labelOf, nameOf } from '../domain/names.ts';
import { isLive, isOfNet, otherSide } from '../domain/peering.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { ResourceLink } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Page, Panel } from '../ui/Page.tsx';
import { Plain } from '../ui/State.tsx';
import classes from '../ui/ui.module.css';
import { usedBy } from './RouteTablesPage.tsx';
import { TagAction } from './TagAction.tsx';

export function RouteTablePage({ id }: { id: string }) {
  const read = together(useRouteTables(), useNets(), usePeerings(), useSubnets());
  return (
    <Loaded query={read}>
      {({ a: tables, b: nets, c: peerings, d: subnets }) => {
        const table = tables.find((it) => it.RouteTableId === id);
        const net = nets.find((it) => it.NetId === table?.NetId);
        return table === undefined || net === undefined ? (
          <Page title="This route table is not there">
            <Empty title={id}>It was deleted, or is not yours, or is in another Region.</Empty>
          </Page>
        ) : (
          <Shown
            table={table}
            net={net}
            peerings={peerings.filter((it) => isOfNet(it, net.NetId))}
            subnets={subnets.filter((it) => it.NetId === net.NetId)}
          />
        );
      }}
    </Loaded>
  );
}

type Scene = { table: RouteTable; net: Net; peerings: NetPeering[]; subnets: Subnet[] };

function Shown({ table, net, peerings, subnets }: Scene) {
  const [, go] = useLocation();
  const id = table.RouteTableId;
  const services = useInternetServices().data ?? [];
  const nats = (useNatServices().data ?? []).filter((nat) => nat.NetId === net.NetId && exists(nat));
  const machines = (useVms().data ?? []).filter((vm) => vm.NetId === net.NetId);
  return (
    <Page
      title={nameOf(table) ?? 'Route table'}
      intro={
        <>
          <Copyable text={id} /> of <ResourceLink id={net.NetId} resource={net} />, used by: {usedBy(table)}
        </>
      }
      actions={
        <>
          <TagAction id={id} tags={table.Tags} />
          <Action
            danger
            label="Delete"
            title={`Delete ${id}?`}
            plan={() => [{ call: 'DeleteRouteTable', args: { RouteTableId: id } }]}
            onDone={() => go('/route-tables')}
          >
            A table that Subnets are linked to, and a main table, cannot be deleted.
          </Action>
        </>
      }
    >
      <Panel
        title="Routes"
        actions={
          <CreateRoute
            table={table}
            net={net}
            peerings={peerings}
            service={serviceOf(net.NetId, services)}
            nats={nats}
            machines={machines}
          />
        }
      >
        <DataTable
          label="Routes"
          rows={table.Routes}
          columns={[
            {
              title: 'Destination',
              cell: (route) => <Copyable text={route.DestinationIpRange} />,
              order: (one, other) => compareCidrs(one.DestinationIpRange, other.DestinationIpRange),
            },
            {
              title: 'Leads to',
              cell: (route) => <LeadsTo route={route} net={net} peerings={peerings} services={services} />,
            },
            { title: 'State', cell: (route) => <RouteState route={route} /> },
            {
              title: 'Actions',
              cell: (route) =>
                route.GatewayId === 'local' ? (
                  <span className={classes.quiet}>always there</span>
                ) : (
                  <DeleteRoute table={table} route={route} />
                ),
            },
          ]}
          keyOf={(route) => route.DestinationIpRange}
          textOf={(route) =>
            `${route.DestinationIpRange} ${route.NetPeeringId ?? ''} ${route.GatewayId ?? ''} ${route.NatServiceId ?? ''}`
          }
          empty={<Empty title="No routes">There is always the one inside the Net.</Empty>}
        />
      </Panel>
      <Links table={table} subnets={subnets} />
    </Page>
  );
}

function LeadsTo({
  route,
  net,
  peerings,
  services,
}: {
  route: Route;
  net: Net;
  peerings: NetPeering[];
  services: InternetService[];
}) {
  if (route.GatewayId === 'local') {
    return 'inside the Net';
  }
  if (route.GatewayId !== undefined) {
    return <Outside id={route.GatewayId} net={net} services={services} />;
  }
  if (route.NatServiceId !== undefined) {
    return <ResourceLink id={route.NatServiceId} />;
  }
  if (route.NicId !== undefined) {
    return <ResourceLink id={route.VmId ?? route.NicId} />;
  }
  if (route.NetPeeringId === undefined) {
    return 'elsewhere';
  }
  const peering = peerings.find((it) => it.NetPeeringId === route.NetPeeringId);
  return (
    <>
      <ResourceLink id={route.NetPeeringId} resource={peering} />
      {peering !== undefined && (
        <span className={classes.quiet}> to {otherSide(peering, net.NetId).IpRange}</span>
      )}
    </>
  );
}

function Outside({ id, net, services }: { id: string; net: Net; services: InternetService[] }) {
  const service = services.find((it) => it.InternetServiceId === id);
  const linked = service?.NetId === net.NetId;
  return (
    <>
      <ResourceLink id={id} resource={service} />
      <span className={classes.quiet}>
        {linked && ' to outside'}
        {!linked && (service === undefined ? ' which is gone' : ' which is not linked to this Net')}
      </span>
    </>
  );
}

function RouteState({ route }: { route: Route }) {
  return (
    <Plain state={route.State === 'active' ? 'active' : 'leads nowhere'} good={route.State === 'active'} />
  );
}

function CreateRoute({
  table,
  net,
  peerings,
  service,
  nats,
  machines,
}: {
  table: RouteTable;
  net: Net;
  peerings: NetPeering[];
  service: InternetService | undefined;
  nats: NatService[];
  machines: Vm[];
}) {
  const live = peerings.filter((peering) => isLive(peering.State.Name));
  const targets = [
    ...live.map((peering) => ({
      value: peering.NetPeeringId,
      label: `${otherSide(peering, net.NetId).IpRange} by ${labelOf(peering.NetPeeringId, peering)}`,
    })),
    ...(service === undefined
      ? []
      : [
          {
            value: service.InternetServiceId,
            label: `outside by ${labelOf(service.InternetServiceId, service)}`,
          },
        ]),
    ...nats.map((nat) => ({
      value: nat.NatServiceId,
      label: `outside by the NAT service ${labelOf(nat.NatServiceId, nat)}`,
    })),
    ...machines.flatMap((vm) =>
      vm.Nics.map((nic) => ({ value: nic.NicId, label: `the NIC ${nic.NicId} of ${labelOf(vm.VmId, vm)}` })),
    ),
  ];
  const rangeBehind = (target: string) => {
    const peering = live.find((it) => it.NetPeeringId === target);
    return peering === undefined ? EVERYWHERE : otherSide(peering, net.NetId).IpRange;
  };
  return (
    <Action
      small
      label="Create a route"
      title="Create a route"
      fields={[
        {
          name: 'Target',
          label: 'Leads to',
          kind: 'select',
          initial: targets[0]?.value ?? '',
          hint:
            targets.length === 0
              ? 'This Net has no live peering, internet service, NAT service or VM for a route to lead to.'
              : 'A VM gets what is not for its own addresses once its source/destination check is off.',
          options: targets,
        },
        {
          name: 'DestinationIpRange',
          label: 'Destination',
          kind: 'text',
          offer: ({ Target = '' }) => (Target === '' ? '' : rangeBehind(Target)),
          hint: 'The peer’s range or a part of it, or everything outside. The longest prefix wins.',
          problem: (text) => destinationProblem(text, net),
        },
      ]}
      plan={({ Target = '', DestinationIpRange = '' }) => [
        {
          call: 'CreateRoute',
          args: {
            RouteTableId: table.RouteTableId,
            DestinationIpRange: DestinationIpRange.trim(),
            ...targetArgs(Target),
          },
        },
      ]}
    />
  );
}

/** The argument that names a target, by the kind that its id tells. */
function targetArgs(target: string) {
  if (target.startsWith('igw-')) {
    return { GatewayId: target };
  }
  if (target.startsWith('nat-')) {
    return { NatServiceId: target };
  }
  return target.startsWith('eni-') ? { NicId: target } : { NetPeeringId: target };
}

/** A destination equal to or inside the Net's own range is refused (R5). */
function destinationProblem(text: string, net: Net): string | undefined {
  const range = parseCidr(text);
  const own = parseCidr(net.IpRange);
  return range !== undefined && own !== undefined && contains(own, range)
    ? `It lies inside the Net’s own range ${net.IpRange}.`
    : cidrProblem(text);
}

function DeleteRoute({ table, route }: { table: RouteTable; route: Route }) {
  const args = { RouteTableId: table.RouteTableId, DestinationIpRange: route.DestinationIpRange };
  return (
    <Action
      small
      danger
      label="Delete"
      about={route.DestinationIpRange}
      title={`Delete the route to ${route.DestinationIpRange}?`}
      plan={() => [{ call: 'DeleteRoute', args }]}
    >
      Packets to {route.DestinationIpRange} no longer leave this way, those of established connections
      included.
    </Action>
  );
}

function Links({ table, subnets }: { table: RouteTable; subnets: Subnet[] }) {
  const links = table.LinkRouteTables.filter((link) => link.SubnetId !== undefined);
  const linked = new Set(links.map((link) => link.SubnetId));
  const free = subnets.filter((subnet) => !linked.has(subnet.SubnetId));
  const label = (id: string | undefined) => {
    const subnet = subnets.find((it) => it.SubnetId === id);
    return subnet === undefined ? (id ?? '') : `${subnet.IpRange} (${subnet.SubnetId})`;
  };
  return (
    <Panel
      title="Subnets linked to it"
      actions={
        free.length > 0 && (
          <Action
            small
            label="Link a Subnet"
            title="Link a Subnet to this table"
            fields={[
              {
                name: 'SubnetId',
                label: 'Subnet',
                kind: 'select',
                options: free.map((subnet) => ({ value: subnet.SubnetId, label: label(subnet.SubnetId) })),
                hint: 'A Subnet uses one table: one that is linked elsewhere has to be unlinked there first.',
              },
            ]}
            plan={({ SubnetId = '' }) => [
              { call: 'LinkRouteTable', args: { RouteTableId: table.RouteTableId, SubnetId } },
            ]}
          />
        )
      }
    >
      {links.length === 0 ? (
        <p className={classes.quiet}>
          {table.LinkRouteTables.some((link) => link.Main)
            ? 'As the main table, it is used by every Subnet that is linked to no other.'
            : 'None: nothing uses this table yet.'}
        </p>
      ) : (
        <ul className={classes.list}>
          {links.map((link) => (
            <li key={link.LinkRouteTableId} className={classes.actions}>
              <span>{label(link.SubnetId)}</span>
              <Action
                small
                label="Unlink"
                about={link.SubnetId ?? ''}
                title="Unlink this Subnet?"
                plan={() => [{ call: 'UnlinkRouteTable', args: { LinkRouteTableId: link.LinkRouteTableId } }]}
              >
                It goes back to the Net’s main table.
              </Action>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
