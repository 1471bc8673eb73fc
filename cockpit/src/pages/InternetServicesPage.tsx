import { useLocation } from 'wouter';
import {
  useInternetServices,
  useNatServices,
  useNets,
  usePublicIps,
  useRouteTables,
  useVms,
} from '../api/queries.ts';
import type { Answer, InternetService, Net } from '../api/schema.ts';
import { inNet, netsWithoutService, type PublicAddress, publicAddresses, tablesTo } from '../domain/exits.ts';
import { nameOf } from '../domain/names.ts';
import { Action } from '../ui/Action.tsx';
import { Copyable } from '../ui/Copyable.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { ResourceLink, Tags } from '../ui/Links.tsx';
import { Loaded, together } from '../ui/Loaded.tsx';
import { Empty, Facts, Page, Panel } from '../ui/Page.tsx';
import classes from '../ui/ui.module.css';
import { AddressLink, DeleteService, LinkService, StandsForView, UnlinkService } from './ExitActions.tsx';
import { TagAction } from './TagAction.tsx';

export function InternetServicesPage() {
  const read = together(useInternetServices(), useNets(), usePublicIps(), useVms());
  const nats = useNatServices().data ?? [];
  return (
    <Page
      title="Internet services"
      actions={<CreateService />}
      intro="The doors of Nets to the outside. What leaves by one takes a route to it, and a public address."
    >
      <Loaded query={read}>
        {({ a: services, b: nets, c: ips, d: vms }) => (
          <Table services={services} nets={nets} addresses={publicAddresses(ips, vms, nats)} />
        )}
      </Loaded>
    </Page>
  );
}

function Table({
  services,
  nets,
  addresses,
}: {
  services: readonly InternetService[];
  nets: readonly Net[];
  addresses: readonly PublicAddress[];
}) {
  const free = netsWithoutService(nets, services);
  return (
    <DataTable
      label="Internet services"
      rows={services}
      columns={[
        {
          title: 'Internet service',
          cell: (service) => <ResourceLink id={service.InternetServiceId} resource={service} />,
          order: (one, other) =>
            (nameOf(one) ?? one.InternetServiceId).localeCompare(nameOf(other) ?? other.InternetServiceId),
        },
        {
          title: 'Net',
          cell: (service) => <LinkedTo service={service} nets={nets} />,
          order: (one, other) => (one.NetId ?? '').localeCompare(other.NetId ?? ''),
        },
        { title: 'Tags', cell: (service) => <Tags tags={service.Tags} /> },
        {
          title: 'Actions',
          cell: (service) => (
            <span className={classes.actions}>
              <ServiceActions small service={service} addresses={addresses} free={free} />
            </span>
          ),
        },
      ]}
      keyOf={(service) => service.InternetServiceId}
      textOf={(service) => `${service.InternetServiceId} ${service.NetId ?? ''} ${nameOf(service) ?? ''}`}
      empty={
        <Empty title="No internet services yet">
          Without one, a Net has no way outside. Create one, or open a way outside on a Net’s page.
        </Empty>
      }
    />
  );
}

function LinkedTo({ service, nets }: { service: InternetService; nets: readonly Net[] }) {
  return service.NetId === undefined ? (
    <span className={classes.quiet}>none</span>
  ) : (
    <ResourceLink id={service.NetId} resource={nets.find((net) => net.NetId === service.NetId)} />
  );
}

function CreateService() {
  const [, go] = useLocation();
  return (
    <Action
      primary
      label="Create an internet service"
      title="Create an internet service?"
      plan={() => [{ call: 'CreateInternetService', args: {} }]}
      onDone={([answer]) =>
        go(
          `/internet-services/${(answer as Answer<'CreateInternetService'>).InternetService.InternetServiceId}`,
        )
      }
    >
      It is linked to no Net yet.
    </Action>
  );
}

/** @param free the Nets that it can be linked to */
function ServiceActions({
  service,
  addresses,
  free,
  small = false,
  onDeleted,
}: {
  service: InternetService;
  addresses: readonly PublicAddress[];
  free: readonly Net[];
  small?: boolean;
  onDeleted?: () => void;
}) {
  const { NetId } = service;
  return (
    <>
      {NetId === undefined ? (
        <LinkService small={small} service={service} nets={free} />
      ) : (
        <UnlinkService small={small} service={service} netId={NetId} kept={inNet(NetId, addresses)} />
      )}
      <DeleteService small={small} service={service} {...(onDeleted && { onDone: onDeleted })} />
    </>
  );
}

export function InternetServicePage({ id }: { id: string }) {
  const read = together(useInternetServices(), useNets(), usePublicIps(), useVms());
  const nats = useNatServices().data ?? [];
  return (
    <Loaded query={read}>
      {({ a: services, b: nets, c: ips, d: vms }) => {
        const service = services.find((it) => it.InternetServiceId === id);
        return service === undefined ? (
          <Page title="This internet service is not there">
            <Empty title={id}>It was deleted, or is not yours, or is in another Region.</Empty>
          </Page>
        ) : (
          <Shown
            service={service}
            nets={nets}
            addresses={publicAddresses(ips, vms, nats)}
            free={netsWithoutService(nets, services)}
          />
        );
      }}
    </Loaded>
  );
}

function Shown({
  service,
  nets,
  addresses,
  free,
}: {
  service: InternetService;
  nets: readonly Net[];
  addresses: readonly PublicAddress[];
  free: readonly Net[];
}) {
  const [, go] = useLocation();
  const id = service.InternetServiceId;
  return (
    <Page
      title={nameOf(service) ?? 'Internet service'}
      intro={<Copyable text={id} />}
      actions={
        <>
          <TagAction id={id} tags={service.Tags} />
          <ServiceActions
            service={service}
            addresses={addresses}
            free={free}
            onDeleted={() => go('/internet-services')}
          />
        </>
      }
    >
      <Panel title="What leads through it">
        <Facts
          facts={[
            ['Net', <LinkedTo key="net" service={service} nets={nets} />],
            ['Route tables', <TablesTo key="tables" target={id} />],
            [
              'Public addresses',
              <AddressesIn
                key="addresses"
                addresses={service.NetId === undefined ? [] : inNet(service.NetId, addresses)}
              />,
            ],
            ['Tags', service.Tags.length === 0 ? 'none' : <Tags key="tags" tags={service.Tags} />],
          ]}
        />
      </Panel>
    </Page>
  );
}

/** The route tables with a route to an internet service or a NAT service. */
export function TablesTo({ target }: { target: string }) {
  const tables = tablesTo(target, useRouteTables().data ?? []);
  return tables.length === 0 ? (
    <>none has a route to it</>
  ) : (
    tables.map((table) => (
      <div key={table.RouteTableId}>
        <ResourceLink id={table.RouteTableId} resource={table} />
      </div>
    ))
  );
}

/** Public addresses, each with what it stands for. */
export function AddressesIn({ addresses }: { addresses: readonly PublicAddress[] }) {
  return addresses.length === 0 ? (
    <>none</>
  ) : (
    addresses.map((address) => (
      <div key={address.address}>
        <AddressLink address={address} /> for <StandsForView standsFor={address.standsFor} />
      </div>
    ))
  );
}
