import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import {
  useGroups,
  useImages,
  useInternetServices,
  useNets,
  usePublicIps,
  useSubnets,
  useVms,
} from '../api/queries.ts';
import type { Answer, SecurityGroup, Subnet, Vm } from '../api/schema.ts';
import { publicOf, serviceOf } from '../domain/exits.ts';
import { labelOf, nameOf } from '../domain/names.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { ResourceLink, Tags } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Facts, Page, Panel } from '../ui/Page.tsx';
import { Plain } from '../ui/State.tsx';
import { Time } from '../ui/Time.tsx';
import { type Field, selected, selection } from '../ui/fields.ts';
import classes from '../ui/ui.module.css';
import { GiveIp, UnlinkIp } from './ExitActions.tsx';
import { TagAction } from './TagAction.tsx';

export function VmState({ vm }: { vm: Vm }) {
  return <Plain state={vm.State} good={vm.State === 'running'} />;
}

export function VmsPage() {
  const read = together(useVms(), useSubnets(), useGroups(), useImages());
  const nets = useNets().data ?? [];
  return (
    <Page title="VMs" intro="Machines in your Subnets.">
      <Loaded query={read}>
        {({ a: vms, b: subnets, c: groups, d: images }) => (
          <>
            {subnets.length > 0 && (
              <div>
                <CreateVm subnets={subnets} groups={groups} images={images} />
              </div>
            )}
            <DataTable
              label="VMs"
              rows={vms}
              columns={[
                {
                  title: 'VM',
                  cell: (vm) => <ResourceLink id={vm.VmId} resource={vm} />,
                  order: (one, other) => (nameOf(one) ?? one.VmId).localeCompare(nameOf(other) ?? other.VmId),
                },
                {
                  title: 'State',
                  cell: (vm) => <VmState vm={vm} />,
                  order: (one, other) => one.State.localeCompare(other.State),
                },
                { title: 'Address', cell: (vm) => (vm.PrivateIp ? <Copyable text={vm.PrivateIp} /> : '–') },
                { title: 'Public IP', cell: (vm) => vm.PublicIp ?? '–' },
                {
                  title: 'Net',
                  cell: (vm) =>
                    vm.NetId === undefined ? (
                      '–'
                    ) : (
                      <ResourceLink id={vm.NetId} resource={nets.find((net) => net.NetId === vm.NetId)} />
                    ),
                  order: (one, other) => (one.NetId ?? '').localeCompare(other.NetId ?? ''),
                },
                { title: 'Subregion', cell: (vm) => vm.Placement.SubregionName },
                {
                  title: 'Groups',
                  cell: (vm) => vm.SecurityGroups.map((it) => it.SecurityGroupName).join(', '),
                },
              ]}
              keyOf={(vm) => vm.VmId}
              textOf={(vm) =>
                `${vm.VmId} ${vm.PrivateIp ?? ''} ${vm.PublicIp ?? ''} ${vm.NetId ?? ''} ${nameOf(vm) ?? ''} ${vm.State}`
              }
              dim={(vm) => vm.State === 'terminated'}
              empty={
                <Empty title="No VMs yet">A VM lives in a Subnet. Create a Net and a Subnet first.</Empty>
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

type ForNew = {
  subnets: readonly Subnet[];
  groups: readonly SecurityGroup[];
  images: readonly { ImageId: string; ImageName: string }[];
};

/** @param small stands in a panel, and stays on its page */
export function CreateVm({
  subnets,
  groups,
  images,
  small = false,
  primary = !small,
}: ForNew & { small?: boolean; primary?: boolean }) {
  const [, go] = useLocation();
  return (
    <Action
      primary={primary}
      small={small}
      label="Create a VM"
      title="Create a VM"
      fields={vmFields({ subnets, groups, images })}
      plan={({ ImageId = '', SubnetId = '', SecurityGroupIds = '' }) => [
        {
          call: 'CreateVms',
          args: {
            ImageId,
            SubnetId,
            ...groupsOfNew(selected(SecurityGroupIds), groupsNear(SubnetId, { subnets, groups })),
          },
        },
      ]}
      onDone={([answer]) => {
        const id = (answer as Answer<'CreateVms'>).Vms[0]?.VmId;
        if (id !== undefined && !small) {
          go(`/vms/${id}`);
        }
      }}
    />
  );
}

/** The groups that a VM in this Subnet can have: those of its Net. */
function groupsNear(subnetId: string, { subnets, groups }: Omit<ForNew, 'images'>): readonly SecurityGroup[] {
  const net = subnets.find((it) => it.SubnetId === subnetId)?.NetId;
  return groups.filter((it) => it.NetId === net);
}

/** What was ticked for another Subnet's Net is no more. */
function groupsOfNew(ticked: readonly string[], near: readonly SecurityGroup[]) {
  const ids = near.map((it) => it.SecurityGroupId).filter((id) => ticked.includes(id));
  return ids.length === 0 ? {} : { SecurityGroupIds: ids };
}

function groupOptions(groups: readonly SecurityGroup[]) {
  return groups.map((it) => ({
    value: it.SecurityGroupId,
    label: labelOf(`${it.SecurityGroupName} ${it.SecurityGroupId}`, it),
  }));
}

function vmFields({ subnets, groups, images }: ForNew): readonly Field[] {
  return [
    {
      name: 'SubnetId',
      label: 'Subnet',
      kind: 'select',
      initial: subnets[0]?.SubnetId ?? '',
      options: subnets.map((it) => ({
        value: it.SubnetId,
        label: `${it.IpRange} in ${it.SubregionName} (${it.SubnetId})`,
      })),
    },
    {
      name: 'ImageId',
      label: 'Image',
      kind: 'select',
      initial: images[0]?.ImageId ?? '',
      options: images.map((it) => ({ value: it.ImageId, label: `${it.ImageName} (${it.ImageId})` })),
    },
    {
      name: 'SecurityGroupIds',
      label: 'Security groups',
      kind: 'several',
      optional: true,
      options: ({ SubnetId = '' }) => groupOptions(groupsNear(SubnetId, { subnets, groups })),
      hint: 'What any of them allows is allowed. Without one, it gets the Net’s group “default”.',
    },
  ];
}

export function VmPage({ id }: { id: string }) {
  const read = together(useVms(), useNets(), useGroups());
  return (
    <Loaded query={read}>
      {({ a: vms, b: nets, c: groups }) => {
        const vm = vms.find((it) => it.VmId === id);
        return vm === undefined ? (
          <Page title="This VM is not there">
            <Empty title={id}>
              It ended more than an hour ago, or is not yours, or is in another Region.
            </Empty>
          </Page>
        ) : (
          <Page
            title={nameOf(vm) ?? `VM ${vm.PrivateIp ?? ''}`}
            intro={<Copyable text={id} />}
            actions={<VmActions vm={vm} groups={groups} />}
          >
            <Panel title="The machine">
              <Facts
                facts={[
                  ['State', <VmState key="state" vm={vm} />],
                  ['Address', vm.PrivateIp === undefined ? '–' : <Copyable key="ip" text={vm.PrivateIp} />],
                  ['Public IP', vm.PublicIp === undefined ? '–' : <Copyable key="out" text={vm.PublicIp} />],
                  [
                    'Net',
                    vm.NetId === undefined ? (
                      '–'
                    ) : (
                      <ResourceLink
                        key="net"
                        id={vm.NetId}
                        resource={nets.find((net) => net.NetId === vm.NetId)}
                      />
                    ),
                  ],
                  ['Subnet', vm.SubnetId === undefined ? '–' : <Copyable key="subnet" text={vm.SubnetId} />],
                  ['Subregion', vm.Placement.SubregionName],
                  ['Security groups', <VmGroups key="groups" vm={vm} groups={groups} />],
                  ['Type', vm.VmType],
                  ['Created', <Time key="time" at={vm.CreationDate} />],
                  ['Tags', vm.Tags.length === 0 ? 'none' : <Tags key="tags" tags={vm.Tags} />],
                ]}
              />
            </Panel>
            <Interfaces vm={vm} />
          </Page>
        );
      }}
    </Loaded>
  );
}

/** By which addresses the machine is reached, and what is let in there. */
function Interfaces({ vm }: { vm: Vm }) {
  return (
    <Panel title="Network interfaces">
      <DataTable
        label="Network interfaces"
        rows={vm.Nics}
        columns={[
          { title: 'Interface', cell: (nic) => <Copyable text={nic.NicId} /> },
          { title: 'Device', cell: (nic) => nic.LinkNic.DeviceNumber },
          {
            title: 'Addresses',
            cell: (nic) =>
              nic.PrivateIps.map(({ PrivateIp, IsPrimary }) => (
                <div key={PrivateIp}>
                  <Copyable text={PrivateIp} />{' '}
                  {!IsPrimary && <span className={classes.quiet}>secondary</span>}
                </div>
              )),
          },
          {
            title: 'Public IPs',
            cell: (nic) =>
              nic.PrivateIps.map(({ PrivateIp }) => (
                <Outward key={PrivateIp} vm={vm} nic={nic} privateIp={PrivateIp} />
              )),
          },
          { title: 'Subnet', cell: (nic) => <Copyable text={nic.SubnetId} /> },
          { title: 'Groups', cell: (nic) => nic.SecurityGroups.map((it) => it.SecurityGroupName).join(', ') },
          {
            title: 'Source and destination',
            cell: (nic) => (nic.IsSourceDestChecked ? 'checked' : 'not checked: it may forward'),
          },
        ]}
        keyOf={(nic) => nic.NicId}
        textOf={(nic) => `${nic.NicId} ${nic.PrivateIps.map((it) => it.PrivateIp).join(' ')}`}
        empty={<Empty title="None">A terminated machine has no interface any more.</Empty>}
      />
    </Panel>
  );
}

/** What stands for an address of the machine outside, and what can be done about it. */
function Outward({ vm, nic, privateIp }: { vm: Vm; nic: Vm['Nics'][0]; privateIp: string }) {
  const ips = usePublicIps().data ?? [];
  const services = useInternetServices().data;
  const shown = publicOf(vm, privateIp);
  const ip = ips.find((it) => it.PublicIp === shown?.address);
  const free = ips.filter((it) => it.LinkPublicIpId === undefined);
  const open = services !== undefined && serviceOf(nic.NetId, services) !== undefined;
  return (
    <div className={classes.actions}>
      {shown !== undefined && <Copyable text={shown.address} />}
      {shown?.allocated === false && <span className={classes.quiet}>while it runs</span>}
      {ip?.LinkPublicIpId !== undefined && <UnlinkIp small ip={ip} link={ip.LinkPublicIpId} />}
      {shown?.allocated !== true && open && (
        <GiveIp target={{ vm, netId: nic.NetId, nicId: nic.NicId, privateIp }} free={free} />
      )}
      {services !== undefined && !open && (
        <span className={classes.quiet}>none: its Net has no internet service</span>
      )}
    </div>
  );
}

function VmGroups({ vm, groups }: { vm: Vm; groups: readonly SecurityGroup[] }) {
  return vm.SecurityGroups.map((it) => (
    <div key={it.SecurityGroupId}>
      <ResourceLink
        id={it.SecurityGroupId}
        resource={groups.find((g) => g.SecurityGroupId === it.SecurityGroupId)}
      />{' '}
      {it.SecurityGroupName}
    </div>
  ));
}

function VmActions({ vm, groups }: { vm: Vm; groups: readonly SecurityGroup[] }) {
  const args = { VmIds: [vm.VmId] };
  return (
    <>
      {vm.PrivateIp !== undefined && (
        <Button component={Link} href={`/path?From=${vm.VmId}`} variant="default">
          Test a path from here
        </Button>
      )}
      {vm.State === 'stopped' && (
        <Action primary label="Start" title="Start this VM?" plan={() => [{ call: 'StartVms', args }]} />
      )}
      {vm.State === 'running' && (
        <Action label="Stop" title="Stop this VM?" plan={() => [{ call: 'StopVms', args }]}>
          Its connections end. It keeps its address.
        </Action>
      )}
      {vm.State !== 'terminated' && (
        <>
          <ChangeGroups vm={vm} groups={groups.filter((group) => group.NetId === vm.NetId)} />
          <TagAction id={vm.VmId} tags={vm.Tags} />
          <Action
            danger
            label="Terminate"
            title="Terminate this VM?"
            plan={() => [{ call: 'DeleteVms', args }]}
          >
            The machine and its address are gone for good.
          </Action>
        </>
      )}
    </>
  );
}

/** All of a VM's groups at once: the call takes the whole list. */
function ChangeGroups({ vm, groups }: { vm: Vm; groups: readonly SecurityGroup[] }) {
  return (
    <Action
      label="Change groups"
      title="Change the security groups"
      fields={[
        {
          name: 'SecurityGroupIds',
          label: 'Security groups',
          kind: 'several',
          hint: 'What any of them allows is allowed.',
          initial: selection(vm.SecurityGroups.map((it) => it.SecurityGroupId)),
          options: groupOptions(groups),
        },
      ]}
      plan={({ SecurityGroupIds = '' }) => [
        { call: 'UpdateVm', args: { VmId: vm.VmId, SecurityGroupIds: selected(SecurityGroupIds) } },
      ]}
    />
  );
}
