import { useLocation } from 'wouter';
import { useInternetServices, useNatServices, useNets, usePublicIps, useSubnets } from '../api/queries.ts';
import type { Answer, InternetService, NatService, Net, PublicIp, Subnet } from '../api/schema.ts';
import { exists, makeNat, subnetsForNat } from '../domain/exits.ts';
import { labelOf, nameOf } from '../domain/names.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { ResourceLink, Tags } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Facts, Page, Panel } from '../ui/Page.tsx';
import { Plain } from '../ui/State.tsx';
import classes from '../ui/ui.module.css';
import { NEW, withNew } from './ExitActions.tsx';
import { TablesTo } from './InternetServicesPage.tsx';
import { TagAction } from './TagAction.tsx';

export function NatServicesPage() {
  const read = together(useNatServices(), useSubnets(), useInternetServices(), usePublicIps());
  const nets = useNets().data ?? [];
  return (
    <Page
      title="NAT services"
      actions={
        <CreateNat
          subnets={subnetsForNat(read.data?.b ?? [], read.data?.c ?? [])}
          services={read.data?.c ?? []}
          free={(read.data?.d ?? []).filter((ip) => ip.LinkPublicIpId === undefined)}
        />
      }
      intro="They send on, with their own address, what routes lead to them: machines get outside by one without public addresses, and only answers come back."
    >
      <Loaded query={read}>
        {({ a: services, b: subnets }) => <Table services={services} subnets={subnets} nets={nets} />}
      </Loaded>
    </Page>
  );
}

function Table({
  services,
  subnets,
  nets,
}: {
  services: readonly NatService[];
  subnets: readonly Subnet[];
  nets: readonly Net[];
}) {
  return (
    <DataTable
      label="NAT services"
      rows={services}
      columns={[
        {
          title: 'NAT service',
          cell: (nat) => <ResourceLink id={nat.NatServiceId} resource={nat} />,
          order: (one, other) =>
            (nameOf(one) ?? one.NatServiceId).localeCompare(nameOf(other) ?? other.NatServiceId),
        },
        { title: 'State', cell: (nat) => <NatState nat={nat} /> },
        {
          title: 'Net',
          cell: (nat) => (
            <ResourceLink id={nat.NetId} resource={nets.find((net) => net.NetId === nat.NetId)} />
          ),
        },
        { title: 'Subnet', cell: (nat) => rangeOf(nat, subnets) },
        { title: 'Public address', cell: addressOf },
        { title: 'Tags', cell: (nat) => <Tags tags={nat.Tags} /> },
        {
          title: 'Actions',
          cell: (nat) => exists(nat) && <DeleteNat small nat={nat} />,
        },
      ]}
      keyOf={(nat) => nat.NatServiceId}
      textOf={(nat) => `${nat.NatServiceId} ${nat.NetId} ${nameOf(nat) ?? ''} ${addressOf(nat)}`}
      empty={
        <Empty title="No NAT services yet">
          Create one in a Subnet whose routes lead outside, and lead other Subnets’ routes to it.
        </Empty>
      }
    />
  );
}

function NatState({ nat }: { nat: NatService }) {
  return <Plain state={nat.State} good={exists(nat)} />;
}

function rangeOf(nat: NatService, subnets: readonly Subnet[]): string {
  return subnets.find((subnet) => subnet.SubnetId === nat.SubnetId)?.IpRange ?? nat.SubnetId;
}

function addressOf(nat: NatService): string {
  return nat.PublicIps.map((ip) => ip.PublicIp).join(', ') || 'none';
}

/** @param free the public IPs that stand for nothing */
function CreateNat({
  subnets,
  services,
  free,
}: {
  subnets: readonly Subnet[];
  services: readonly InternetService[];
  free: readonly PublicIp[];
}) {
  const [, go] = useLocation();
  return (
    <Action
      primary
      label="Create a NAT service"
      title="Create a NAT service"
      fields={[
        {
          name: 'SubnetId',
          label: 'Subnet',
          kind: 'select',
          initial: subnets[0]?.SubnetId ?? '',
          options: subnets.map((subnet) => ({
            value: subnet.SubnetId,
            label: `${subnet.IpRange} (${subnet.SubnetId})`,
          })),
          hint:
            services.every((service) => service.NetId === undefined) || subnets.length === 0
              ? 'No Subnet can be chosen: it takes one in a Net with an internet service.'
              : 'What it sends on follows the routes of this Subnet, which are to lead to the internet service.',
        },
        {
          name: 'PublicIpId',
          label: 'Public IP',
          kind: 'select',
          initial: free[0]?.PublicIpId ?? NEW,
          options: withNew(
            'A new one',
            free.map((ip) => ({
              value: ip.PublicIpId,
              label: `${ip.PublicIp} ${labelOf(ip.PublicIpId, ip)}`,
            })),
          ),
        },
      ]}
      plan={({ SubnetId = '', PublicIpId = NEW }) =>
        makeNat(SubnetId, PublicIpId === NEW ? undefined : PublicIpId)
      }
      onDone={(answers) =>
        go(`/nat-services/${(answers.at(-1) as Answer<'CreateNatService'>).NatService.NatServiceId}`)
      }
    />
  );
}

function DeleteNat({
  nat,
  small = false,
  onDone,
}: {
  nat: NatService;
  small?: boolean;
  onDone?: () => void;
}) {
  const id = nat.NatServiceId;
  return (
    <Action
      small={small}
      danger
      label="Delete"
      about={id}
      title={`Delete ${labelOf(id, nat)}?`}
      plan={() => [{ call: 'DeleteNatService', args: { NatServiceId: id } }]}
      {...(onDone !== undefined && { onDone })}
    >
      Connections through it end. Routes to it stay, and lead nowhere; its public IP stays yours.
    </Action>
  );
}

export function NatServicePage({ id }: { id: string }) {
  const [, go] = useLocation();
  const read = together(useNatServices(), useSubnets(), useNets());
  return (
    <Loaded query={read}>
      {({ a: services, b: subnets, c: nets }) => {
        const nat = services.find((it) => it.NatServiceId === id);
        return nat === undefined ? (
          <Page title="This NAT service is not there">
            <Empty title={id}>It was deleted a while ago, or is not yours, or is in another Region.</Empty>
          </Page>
        ) : (
          <Page
            title={nameOf(nat) ?? 'NAT service'}
            intro={<Copyable text={id} />}
            actions={
              exists(nat) && (
                <>
                  <TagAction id={id} tags={nat.Tags} />
                  <DeleteNat nat={nat} onDone={() => go('/nat-services')} />
                </>
              )
            }
          >
            <Panel title="What leads through it">
              <Facts
                facts={[
                  ['State', <NatState key="state" nat={nat} />],
                  [
                    'Net',
                    <ResourceLink
                      key="net"
                      id={nat.NetId}
                      resource={nets.find((net) => net.NetId === nat.NetId)}
                    />,
                  ],
                  ['Subnet', `${rangeOf(nat, subnets)} (${nat.SubnetId})`],
                  ['Public address', <Addresses key="address" nat={nat} />],
                  ['Route tables', <TablesTo key="tables" target={id} />],
                  ['Tags', nat.Tags.length === 0 ? 'none' : <Tags key="tags" tags={nat.Tags} />],
                ]}
              />
            </Panel>
          </Page>
        );
      }}
    </Loaded>
  );
}

function Addresses({ nat }: { nat: NatService }) {
  return nat.PublicIps.length === 0 ? (
    <span className={classes.quiet}>none: it sends on to peers alone</span>
  ) : (
    nat.PublicIps.map((ip) => (
      <div key={ip.PublicIpId}>
        {ip.PublicIp} <ResourceLink id={ip.PublicIpId} />
      </div>
    ))
  );
}
