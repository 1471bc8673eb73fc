import { useLocation } from 'wouter';
import { useImages, useNets, usePeerings, useSubnets, useVms } from '../api/queries.ts';
import type { Answer, Net, NetPeering, Subnet, Vm } from '../api/schema.ts';
import { cidrProblem, compareCidrs, freeNetRange, netRangeWarning } from '../domain/cidr.ts';
import { nameOf } from '../domain/names.ts';
import { newNet } from '../domain/newNet.ts';
import { isLive, isOfNet } from '../domain/peering.ts';
import { useSession } from '../session/SessionContext.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { ResourceLink, Tags } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Page } from '../ui/Page.tsx';
import { type Field, YES } from '../ui/fields.ts';

export function NetsPage() {
  const nets = useNets();
  const read = together(nets, useSubnets(), useVms(), usePeerings());
  const some = (nets.data ?? []).length > 0;
  return (
    <Page
      title="Nets"
      actions={some && <CreateNet />}
      intro="A Net is a private range of addresses that is all yours."
    >
      <Loaded query={read}>
        {({ a: all, b: subnets, c: vms, d: peerings }) => (
          <DataTable
            label="Nets"
            rows={all}
            columns={columns(subnets, vms, peerings)}
            keyOf={(net) => net.NetId}
            textOf={(net) => `${net.NetId} ${net.IpRange} ${nameOf(net) ?? ''}`}
            empty={
              <Empty title="No Nets yet" action={<CreateNet />}>
                Begin with a Net: a range of addresses of your own, with a Subnet in it and a VM in that.
              </Empty>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

/** The ranges of somebody's Nets, and of those that they are or may be peered with. */
export function rangesOf(nets: readonly Net[], peerings: readonly NetPeering[]): string[] {
  const ofPeerings = peerings.flatMap(({ State, SourceNet, AccepterNet }) =>
    isLive(State.Name) ? [SourceNet.IpRange, AccepterNet.IpRange] : [],
  );
  return [...new Set([...nets.map((net) => net.IpRange), ...ofPeerings])];
}

/** Makes a Net, and puts a Subnet and a VM into it where one wants that, so that it can be peered at once. */
export function CreateNet() {
  const [, go] = useLocation();
  const { account } = useSession();
  const nets = useNets().data ?? [];
  const taken = rangesOf(nets, usePeerings().data ?? []);
  const image = useImages().data?.[0]?.ImageId;
  return (
    <Action
      primary
      label="Create a Net"
      title="Create a Net"
      fields={[
        {
          name: 'Name',
          label: 'Name',
          kind: 'text',
          optional: true,
          hint: 'What you call it. Nobody else sees this.',
          problem: (text) => (text.length > 255 ? 'At most 255 characters are accepted.' : undefined),
        },
        {
          name: 'IpRange',
          label: 'Range',
          kind: 'text',
          initial: freeNetRange(taken, account),
          hint: 'A private range, /16 to /28. It cannot be changed later, and Nets whose ranges overlap cannot be peered.',
          problem: (text) => cidrProblem(text, 16, 28),
          warning: (text) => netRangeWarning(text, taken),
        },
        ...(image === undefined ? [] : [furnished(nets.length === 0)]),
      ]}
      plan={({ Name = '', IpRange = '', Furnished }) =>
        newNet({
          range: IpRange.trim(),
          name: Name.trim(),
          image: Furnished === YES ? image : undefined,
        })
      }
      onDone={([answer]) => go(`/nets/${(answer as Answer<'CreateNet'>).Net.NetId}`)}
    />
  );
}

/** Who begins wants it. */
function furnished(first: boolean): Field {
  return {
    name: 'Furnished',
    label: 'With a Subnet and a VM in it',
    kind: 'checkbox',
    optional: true,
    hint: 'Then it can be peered at once.',
    initial: first ? YES : '',
  };
}

function count<T>(all: readonly T[], of: (it: T) => boolean): number {
  return all.filter(of).length;
}

function columns(
  subnets: readonly Subnet[],
  vms: readonly Vm[],
  peerings: readonly NetPeering[],
): Column<Net>[] {
  return [
    {
      title: 'Net',
      cell: (net) => <ResourceLink id={net.NetId} resource={net} />,
      order: (one, other) => (nameOf(one) ?? one.NetId).localeCompare(nameOf(other) ?? other.NetId),
    },
    {
      title: 'Range',
      cell: (net) => <Copyable text={net.IpRange} />,
      order: (one, other) => compareCidrs(one.IpRange, other.IpRange),
    },
    { title: 'Subnets', cell: (net) => count(subnets, (it) => it.NetId === net.NetId) },
    { title: 'VMs', cell: (net) => count(vms, (it) => it.NetId === net.NetId) },
    {
      title: 'Active peerings',
      cell: (net) => count(peerings, (it) => it.State.Name === 'active' && isOfNet(it, net.NetId)),
    },
    { title: 'Tags', cell: (net) => <Tags tags={net.Tags} /> },
  ];
}
