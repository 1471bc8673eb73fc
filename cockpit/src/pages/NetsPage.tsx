import { useLocation } from 'wouter';
import { useNets, usePeerings, useSubnets, useVms } from '../api/queries.ts';
import type { Answer, Net, NetPeering, Subnet, Vm } from '../api/schema.ts';
import { cidrProblem, compareCidrs, freeNetRange } from '../domain/cidr.ts';
import { nameOf } from '../domain/names.ts';
import { isOfNet } from '../domain/peering.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { ResourceLink, Tags } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Page } from '../ui/Page.tsx';

export function NetsPage() {
  const nets = useNets();
  const read = together(nets, useSubnets(), useVms(), usePeerings());
  const create = <CreateNet taken={(nets.data ?? []).map((net) => net.IpRange)} />;
  return (
    <Page title="Nets" actions={create} intro="A Net is a private range of addresses that is all yours.">
      <Loaded query={read}>
        {({ a: all, b: subnets, c: vms, d: peerings }) => (
          <DataTable
            label="Nets"
            rows={all}
            columns={columns(subnets, vms, peerings)}
            keyOf={(net) => net.NetId}
            textOf={(net) => `${net.NetId} ${net.IpRange} ${nameOf(net) ?? ''}`}
            empty={
              <Empty title="No Nets yet" action={<CreateNet taken={[]} />}>
                Begin with a Net: a range such as 10.0.0.0/16. Then a Subnet in it, and a VM in that.
              </Empty>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

export function CreateNet({ taken }: { taken: readonly string[] }) {
  const [, go] = useLocation();
  return (
    <Action
      primary
      label="Create a Net"
      title="Create a Net"
      fields={[
        {
          name: 'IpRange',
          label: 'Range',
          kind: 'text',
          initial: freeNetRange(taken),
          hint: 'A private range, /16 to /28. It cannot be changed later, and Nets whose ranges overlap cannot be peered.',
          problem: (text) => cidrProblem(text, 16, 28),
        },
      ]}
      plan={({ IpRange = '' }) => [{ call: 'CreateNet', args: { IpRange: IpRange.trim() } }]}
      onDone={([answer]) => go(`/nets/${(answer as Answer<'CreateNet'>).Net.NetId}`)}
    />
  );
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
