import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import {
  useGroups,
  useImages,
  useInternetServices,
  useNatServices,
  useNets,
  useNetworkAcls,
  usePeerings,
  usePublicIps,
  useRouteTables,
  useSubnets,
  useSubregions,
  useSummaries,
  useVms,
} from '../api/queries.ts';
import type { Net, Subnet } from '../api/schema.ts';
import { aclOf } from '../domain/acls.ts';
import { compareCidrs, freeRange, subnetProblem } from '../domain/cidr.ts';
import { inNet, publicAddresses, serviceOf } from '../domain/exits.ts';
import { counted, nameOf } from '../domain/names.ts';
import { isLive, otherSide, isOfNet } from '../domain/peering.ts';
import { useSession } from '../session/SessionContext.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { ResourceLink, Tags } from '../ui/Links.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Empty, Facts, Page, Panel } from '../ui/Page.tsx';
import classes from '../ui/ui.module.css';
import { OpenNet, UnlinkService } from './ExitActions.tsx';
import { CreateGroup } from './GroupsPage.tsx';
import { AddressesIn, TablesTo } from './InternetServicesPage.tsx';
import { AclLink, CreateAcl } from './NetworkAclsPage.tsx';
import { Passing } from './Passing.tsx';
import { LiveState } from './PeeringsPage.tsx';
import { CreateRouteTable } from './RouteTablesPage.tsx';
import { TagAction } from './TagAction.tsx';
import { CreateVm, VmState } from './VmsPage.tsx';

export function NetPage({ id }: { id: string }) {
  const nets = useNets();
  return (
    <Loaded query={nets}>
      {(all) => {
        const net = all.find((it) => it.NetId === id);
        return net === undefined ? <NoNet id={id} /> : <Shown net={net} />;
      }}
    </Loaded>
  );
}

function Shown({ net }: { net: Net }) {
  const [, go] = useLocation();
  const { account } = useSession();
  const id = net.NetId;
  const ready = useVms().data?.some((vm) => vm.NetId === id && vm.State !== 'terminated') ?? false;
  return (
    <Page
      title={nameOf(net) ?? `Net ${net.IpRange}`}
      intro={<Copyable text={id} />}
      actions={
        <>
          <Button component={Link} href={`/peerings/new?from=${id}`} variant={ready ? 'filled' : 'default'}>
            Peer this Net
          </Button>
          <TagAction id={id} tags={net.Tags} />
          <Action
            danger
            label="Delete"
            title={`Delete ${id}?`}
            plan={() => [{ call: 'DeleteNet', args: { NetId: id } }]}
            onDone={() => go('/nets')}
          >
            A Net can be deleted once its Subnets, groups, tables and live peerings are gone, and its internet
            service is unlinked.
          </Action>
        </>
      }
    >
      <Panel title="The Net">
        <Facts
          facts={[
            ['Range', <Copyable key="range" text={net.IpRange} />],
            ['To hand out', <HandOut key="ids" text={`${id} of account ${account}`} />],
            ['Tags', net.Tags.length === 0 ? 'none' : <Tags key="tags" tags={net.Tags} />],
          ]}
        />
      </Panel>
      <Subnets net={net} />
      <Machines net={net} />
      <Peerings net={net} />
      <WayOutside net={net} />
      <Inside net={net} />
    </Page>
  );
}

/** What another owner needs to ask for a peering with this Net. */
function HandOut({ text }: { text: string }) {
  return (
    <>
      <Copyable text={text} />
      <div className={`${classes.quiet} ${classes.small}`}>
        The ids of this Net and of your account. Send them to whoever is to ask you for a peering.
      </div>
    </>
  );
}

function Subnets({ net }: { net: Net }) {
  const read = useSubnets();
  const subregions = useSubregions().data ?? [];
  const mine = (read.data ?? []).filter((subnet) => subnet.NetId === net.NetId);
  const taken = mine.map((subnet) => subnet.IpRange);
  const free = freeRange(net.IpRange, taken);
  const create = (
    <Action
      small
      primary={read.data !== undefined && mine.length === 0}
      label="Create a Subnet"
      title={`Create a Subnet of ${net.IpRange}`}
      fields={[
        {
          name: 'IpRange',
          label: 'Range',
          kind: 'text',
          ...(free === undefined ? {} : { initial: free }),
          hint: 'A free part of the Net’s range, at least /29.',
          problem: (text) => subnetProblem(text, net.IpRange, taken),
        },
        {
          name: 'SubregionName',
          label: 'Subregion',
          kind: 'select',
          optional: true,
          options: subregions.map((it) => ({ value: it.SubregionName, label: it.SubregionName })),
          hint: 'A failure domain. Without one, the server chooses.',
        },
      ]}
      plan={({ IpRange = '', SubregionName = '' }) => [
        {
          call: 'CreateSubnet',
          args: {
            NetId: net.NetId,
            IpRange: IpRange.trim(),
            ...(SubregionName === '' ? {} : { SubregionName }),
          },
        },
      ]}
    />
  );
  return (
    <Panel title="Subnets" actions={create}>
      <Loaded query={read}>
        {() => (
          <DataTable
            label="Subnets"
            rows={mine}
            columns={SUBNETS}
            keyOf={(subnet) => subnet.SubnetId}
            textOf={(subnet) => `${subnet.SubnetId} ${subnet.IpRange} ${subnet.SubregionName}`}
            empty={<Empty title="No Subnets yet">Machines live in Subnets. Create one first.</Empty>}
          />
        )}
      </Loaded>
    </Panel>
  );
}

const SUBNETS: Column<Subnet>[] = [
  { title: 'Subnet', cell: (subnet) => <Copyable text={subnet.SubnetId} /> },
  {
    title: 'Range',
    cell: (subnet) => subnet.IpRange,
    order: (one, other) => compareCidrs(one.IpRange, other.IpRange),
  },
  {
    title: 'Subregion',
    cell: (subnet) => subnet.SubregionName,
    order: (one, other) => one.SubregionName.localeCompare(other.SubregionName),
  },
  { title: 'Free addresses', cell: (subnet) => subnet.AvailableIpsCount },
  { title: 'Network ACL', cell: (subnet) => <AclAt subnet={subnet} /> },
  { title: 'Public IP at start', cell: (subnet) => <PublicAtStart subnet={subnet} /> },
  {
    title: 'Actions',
    cell: (subnet) => (
      <Action
        small
        danger
        label="Delete"
        about={subnet.SubnetId}
        title={`Delete ${subnet.SubnetId}?`}
        plan={() => [{ call: 'DeleteSubnet', args: { SubnetId: subnet.SubnetId } }]}
      >
        A Subnet can be deleted once no machine is in it.
      </Action>
    ),
  },
];

/** What stands at the Subnet's border. */
function AclAt({ subnet }: { subnet: Subnet }) {
  const acl = aclOf(subnet.SubnetId, useNetworkAcls().data ?? []);
  return acl === undefined ? '–' : <AclLink acl={acl} />;
}

/** Whether a VM gets a public address by itself, at its start in this Subnet. */
function PublicAtStart({ subnet }: { subnet: Subnet }) {
  const { SubnetId, MapPublicIpOnLaunch: on } = subnet;
  return (
    <Action
      on={on}
      label={on ? 'Switch it off' : 'Switch it on'}
      about={`Public IPs for new VMs of ${SubnetId}`}
      title={
        on
          ? `No public IPs for new VMs of ${subnet.IpRange}?`
          : `Public IPs for new VMs of ${subnet.IpRange}?`
      }
      plan={() => [{ call: 'UpdateSubnet', args: { SubnetId, MapPublicIpOnLaunch: !on } }]}
    >
      VMs that are there already stay as they are.
    </Action>
  );
}

function Machines({ net }: { net: Net }) {
  const vms = (useVms().data ?? []).filter((vm) => vm.NetId === net.NetId);
  const subnets = (useSubnets().data ?? []).filter((subnet) => subnet.NetId === net.NetId);
  const groups = (useGroups().data ?? []).filter((group) => group.NetId === net.NetId);
  const images = useImages().data ?? [];
  return (
    <Panel
      title="VMs"
      actions={
        subnets.length > 0 && (
          <CreateVm small primary={vms.length === 0} subnets={subnets} groups={groups} images={images} />
        )
      }
    >
      <DataTable
        label="VMs"
        rows={vms}
        columns={[
          { title: 'VM', cell: (vm) => <ResourceLink id={vm.VmId} resource={vm} /> },
          { title: 'Address', cell: (vm) => vm.PrivateIp ?? '–' },
          { title: 'State', cell: (vm) => <VmState vm={vm} /> },
          { title: 'Groups', cell: (vm) => vm.SecurityGroups.map((it) => it.SecurityGroupName).join(', ') },
        ]}
        keyOf={(vm) => vm.VmId}
        textOf={(vm) => `${vm.VmId} ${vm.PrivateIp ?? ''} ${nameOf(vm) ?? ''}`}
        empty={<Empty title="No VMs yet">A Net needs a VM before it can be peered.</Empty>}
      />
    </Panel>
  );
}

function Peerings({ net }: { net: Net }) {
  const peerings = (usePeerings().data ?? []).filter(
    (peering) => isOfNet(peering, net.NetId) && isLive(peering.State.Name),
  );
  const summaries = useSummaries(peerings);
  return (
    <Panel title="Peerings">
      <DataTable
        label="Peerings of this Net"
        rows={peerings}
        columns={[
          {
            title: 'Peering',
            cell: (peering) => <ResourceLink id={peering.NetPeeringId} resource={peering} />,
          },
          { title: 'State', cell: (peering) => <LiveState peering={peering} /> },
          {
            title: 'Does it work?',
            cell: (peering) => <Passing peering={peering} summary={summaries.get(peering.NetPeeringId)} />,
          },
          { title: 'Peer', cell: (peering) => otherSide(peering, net.NetId).IpRange },
          { title: 'Owner', cell: (peering) => otherSide(peering, net.NetId).AccountId },
        ]}
        keyOf={(peering) => peering.NetPeeringId}
        textOf={(peering) => JSON.stringify([peering.SourceNet, peering.AccepterNet, peering.NetPeeringId])}
        empty={<Empty title="Not peered">No live peering leads from or to this Net.</Empty>}
      />
    </Panel>
  );
}

/** By what its machines get outside, and outside reaches them. */
function WayOutside({ net }: { net: Net }) {
  const read = useInternetServices();
  const addresses = inNet(
    net.NetId,
    publicAddresses(usePublicIps().data ?? [], useVms().data ?? [], useNatServices().data ?? []),
  );
  const service = serviceOf(net.NetId, read.data ?? []);
  const free = (read.data ?? []).filter((it) => it.NetId === undefined);
  return (
    <Panel
      title="Way outside"
      actions={
        read.data !== undefined &&
        (service === undefined ? (
          <OpenNet net={net} free={free} />
        ) : (
          <UnlinkService small service={service} netId={net.NetId} kept={addresses} />
        ))
      }
    >
      <Loaded query={read}>
        {() =>
          service === undefined ? (
            <p className={classes.quiet}>
              None: no internet service is linked to this Net. Its machines reach each other and those of its
              peers.
            </p>
          ) : (
            <Facts
              facts={[
                [
                  'Internet service',
                  <ResourceLink key="service" id={service.InternetServiceId} resource={service} />,
                ],
                ['Route tables', <TablesTo key="tables" target={service.InternetServiceId} />],
                ['Public addresses', <AddressesIn key="addresses" addresses={addresses} />],
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Inside({ net }: { net: Net }) {
  const tables = (useRouteTables().data ?? []).filter((table) => table.NetId === net.NetId);
  const groups = (useGroups().data ?? []).filter((group) => group.NetId === net.NetId);
  const acls = (useNetworkAcls().data ?? []).filter((acl) => acl.NetId === net.NetId);
  return (
    <>
      <Panel title="Route tables" actions={<CreateRouteTable net={net} />}>
        <ul className={classes.list}>
          {tables.map((table) => (
            <li key={table.RouteTableId}>
              <ResourceLink id={table.RouteTableId} resource={table} />{' '}
              <span className={classes.quiet}>
                {table.LinkRouteTables.some((link) => link.Main) && 'main, '}
                {table.Routes.length === 1 ? '1 route' : `${table.Routes.length} routes`}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="Security groups" actions={<CreateGroup net={net} />}>
        <ul className={classes.list}>
          {groups.map((group) => (
            <li key={group.SecurityGroupId}>
              <Link href={`/security-groups/${group.SecurityGroupId}`} className={classes.link}>
                {group.SecurityGroupName}
              </Link>{' '}
              <span className={classes.quiet}>
                {group.Description} · {group.InboundRules.length} in, {group.OutboundRules.length} out
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="Network ACLs" actions={<CreateAcl small nets={[net]} />}>
        <ul className={classes.list}>
          {acls.map((acl) => (
            <li key={acl.NetworkAclId}>
              <AclLink acl={acl} />{' '}
              <span className={classes.quiet}>
                {acl.Default && 'default, '}
                {counted(acl.Associations.length, 'Subnet')}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

function NoNet({ id }: { id: string }) {
  return (
    <Page title="This Net is not there">
      <Empty title={id}>It was deleted, or is not yours, or is in another Region.</Empty>
    </Page>
  );
}
