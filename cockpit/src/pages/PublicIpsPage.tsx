import { useLocation } from 'wouter';
import { useInternetServices, useNatServices, usePublicIps, useVms } from '../api/queries.ts';
import type { Answer, PublicIp } from '../api/schema.ts';
import {
  linkable,
  type MachineAddress,
  natOf,
  type PublicAddress,
  publicAddresses,
} from '../domain/exits.ts';
import { nameOf } from '../domain/names.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { Tags } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Facts, Page, Panel } from '../ui/Page.tsx';
import classes from '../ui/ui.module.css';
import { AddressLink, LinkIp, ReleaseIp, StandsForView, UnlinkIp } from './ExitActions.tsx';
import { TagAction } from './TagAction.tsx';

export function PublicIpsPage() {
  const read = together(usePublicIps(), useVms(), useInternetServices(), useNatServices());
  return (
    <Page
      title="Public IPs"
      actions={<Allocate />}
      intro="Addresses that stand for those of machines and NAT services outside: what they send leaves with it, and there they are reached by it."
    >
      <Loaded query={read}>
        {({ a: ips, b: vms, c: services, d: nats }) => (
          <Table addresses={publicAddresses(ips, vms, nats)} targets={linkable(vms, services)} />
        )}
      </Loaded>
    </Page>
  );
}

/** @param targets the addresses that a public IP can be linked to */
function Table({
  addresses,
  targets,
}: {
  addresses: readonly PublicAddress[];
  targets: readonly MachineAddress[];
}) {
  return (
    <DataTable
      label="Public IPs"
      rows={addresses}
      columns={[
        {
          title: 'Address',
          cell: (it) => <AddressLink address={it} />,
        },
        { title: 'Stands for', cell: (it) => <StandsForView standsFor={it.standsFor} /> },
        { title: 'Whose', cell: whose },
        { title: 'Tags', cell: (it) => <Tags tags={it.tags} /> },
        {
          title: 'Actions',
          cell: ({ allocated, standsFor }) =>
            allocated !== undefined &&
            standsFor?.nat === undefined && (
              <span className={classes.actions}>
                <IpActions small ip={allocated} targets={targets} />
              </span>
            ),
        },
      ]}
      keyOf={(it) => it.address}
      textOf={({ address, allocated, standsFor }) =>
        `${address} ${allocated?.PublicIpId ?? ''} ${nameOf(allocated) ?? ''} ${standsFor?.privateIp ?? ''} ${standsFor?.vm?.VmId ?? ''}`
      }
      empty={
        <Empty title="No public IPs yet">
          Allocate one and link it to a VM, or have a Subnet’s VMs get one at their start.
        </Empty>
      }
    />
  );
}

function whose({ allocated }: PublicAddress): string {
  return allocated === undefined ? 'the VM’s, from its start until it stops' : 'yours until you release it';
}

function Allocate() {
  const [, go] = useLocation();
  return (
    <Action
      primary
      label="Allocate a public IP"
      title="Allocate a public IP?"
      plan={() => [{ call: 'CreatePublicIp', args: {} }]}
      onDone={([answer]) => go(`/public-ips/${(answer as Answer<'CreatePublicIp'>).PublicIp.PublicIpId}`)}
    >
      The Region gives you one of its addresses, which stands for nothing yet.
    </Action>
  );
}

/** @param targets the addresses that it can be linked to */
function IpActions({
  ip,
  targets,
  small = false,
  onReleased,
}: {
  ip: PublicIp;
  targets: readonly MachineAddress[];
  small?: boolean;
  onReleased?: () => void;
}) {
  return (
    <>
      {ip.LinkPublicIpId === undefined ? (
        <LinkIp small={small} ip={ip} targets={targets} />
      ) : (
        <UnlinkIp small={small} ip={ip} link={ip.LinkPublicIpId} />
      )}
      <ReleaseIp small={small} ip={ip} {...(onReleased && { onDone: onReleased })} />
    </>
  );
}

export function PublicIpPage({ id }: { id: string }) {
  const [, go] = useLocation();
  const read = together(usePublicIps(), useVms(), useInternetServices(), useNatServices());
  return (
    <Loaded query={read}>
      {({ a: ips, b: vms, c: services, d: nats }) => {
        const ip = ips.find((it) => it.PublicIpId === id);
        const address = publicAddresses(ips, vms, nats).find((it) => it.allocated === ip);
        return ip === undefined ? (
          <Page title="This public IP is not there">
            <Empty title={id}>It was released, or is not yours, or is in another Region.</Empty>
          </Page>
        ) : (
          <Page
            title={nameOf(ip) ?? ip.PublicIp}
            intro={<Copyable text={id} />}
            actions={
              <>
                <TagAction id={id} tags={ip.Tags} />
                {natOf(ip, nats) === undefined && (
                  <IpActions ip={ip} targets={linkable(vms, services)} onReleased={() => go('/public-ips')} />
                )}
              </>
            }
          >
            <Panel title="The address">
              <Facts
                facts={[
                  ['Address', <Copyable key="address" text={ip.PublicIp} />],
                  ['Stands for', <StandsForView key="for" standsFor={address?.standsFor} />],
                  [
                    'Link',
                    ip.LinkPublicIpId === undefined ? (
                      'none'
                    ) : (
                      <Copyable key="link" text={ip.LinkPublicIpId} />
                    ),
                  ],
                  ['Tags', ip.Tags.length === 0 ? 'none' : <Tags key="tags" tags={ip.Tags} />],
                ]}
              />
            </Panel>
          </Page>
        );
      }}
    </Loaded>
  );
}
