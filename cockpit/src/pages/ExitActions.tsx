/** What can be done with internet services and public IPs, on whichever page that is. What a call would be refused for is said before. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { InternetService, Net, PublicIp } from '../api/schema.ts';
import {
  type MachineAddress,
  openNet,
  type PublicAddress,
  standFor,
  type StandsFor,
  targetWords,
} from '../domain/exits.ts';
import { labelOf } from '../domain/names.ts';
import { Action } from '../ui/Action.tsx';
import { ResourceLink } from '../ui/Links.tsx';
import type { Field, Options } from '../ui/fields.ts';
import classes from '../ui/ui.module.css';

/** Stands for one that is yet to be made, where one is chosen. */
export const NEW = 'new';

export function withNew(label: string, others: Options): Options {
  return [{ value: NEW, label }, ...others];
}

/** Gives a Net a way outside, by a new internet service or by one that is linked to no Net. */
export function OpenNet({ net, free }: { net: Net; free: readonly InternetService[] }) {
  const fields: Field[] = [
    {
      name: 'InternetServiceId',
      label: 'Internet service',
      kind: 'select',
      initial: NEW,
      options: withNew(
        'A new one',
        free.map((it) => ({
          value: it.InternetServiceId,
          label: labelOf(it.InternetServiceId, it),
        })),
      ),
    },
  ];
  return (
    <Action
      small
      label="Open a way outside"
      title={`Link an internet service to ${labelOf(net.NetId, net)}?`}
      confirm="Link"
      fields={free.length === 0 ? [] : fields}
      plan={({ InternetServiceId = NEW }) =>
        openNet(net.NetId, InternetServiceId === NEW ? undefined : InternetServiceId)
      }
    >
      Nothing passes by it alone: it takes a route to it, and a public address for each machine.
    </Action>
  );
}

/** Links an internet service to one of the Nets that have none. */
export function LinkService({
  service,
  nets,
  small = false,
}: {
  service: InternetService;
  nets: readonly Net[];
  small?: boolean;
}) {
  const id = service.InternetServiceId;
  return (
    <Action
      small={small}
      label="Link"
      about={id}
      title={`Link ${labelOf(id, service)} to a Net`}
      fields={[
        {
          name: 'NetId',
          label: 'Net',
          kind: 'select',
          initial: nets[0]?.NetId ?? '',
          options: nets.map((net) => ({
            value: net.NetId,
            label: `${net.IpRange} ${labelOf(net.NetId, net)}`,
          })),
          hint:
            nets.length === 0
              ? 'None of your Nets can be chosen: each has an internet service already.'
              : 'A Net has at most one.',
        },
      ]}
      plan={({ NetId = '' }) => [{ call: 'LinkInternetService', args: { InternetServiceId: id, NetId } }]}
    />
  );
}

/** @param kept the public addresses that are linked in its Net: while there are any, it stays */
export function UnlinkService({
  service,
  netId,
  kept,
  small = false,
}: {
  service: InternetService;
  netId: string;
  kept: readonly PublicAddress[];
  small?: boolean;
}) {
  const id = service.InternetServiceId;
  return (
    <Action
      small={small}
      label="Unlink"
      about={id}
      title={`Unlink ${labelOf(id, service)} from ${netId}?`}
      plan={() => [{ call: 'UnlinkInternetService', args: { InternetServiceId: id, NetId: netId } }]}
    >
      {kept.length === 0 ? (
        'The Net has no way outside then. Routes to the internet service stay, and lead nowhere.'
      ) : (
        <Forbidden>
          It is refused while public addresses are linked in the Net:{' '}
          {kept.map(({ address }) => address).join(', ')}. Unlink them first, or stop the machines that got
          theirs at their start.
        </Forbidden>
      )}
    </Action>
  );
}

export function DeleteService({
  service,
  small = false,
  onDone,
}: {
  service: InternetService;
  small?: boolean;
  onDone?: () => void;
}) {
  const id = service.InternetServiceId;
  return (
    <Action
      small={small}
      danger
      label="Delete"
      about={id}
      title={`Delete ${labelOf(id, service)}?`}
      plan={() => [{ call: 'DeleteInternetService', args: { InternetServiceId: id } }]}
      {...(onDone !== undefined && { onDone })}
    >
      {service.NetId === undefined ? (
        'Routes to it stay, and lead nowhere.'
      ) : (
        <Forbidden>It is refused while it is linked to {service.NetId}. Unlink it first.</Forbidden>
      )}
    </Action>
  );
}

/** An address of a machine as the value of a choice. */
function choiceOf({ nicId, privateIp }: MachineAddress): string {
  return `${nicId}/${privateIp}`;
}

/** Has a public IP stand for an address of a machine. */
export function LinkIp({
  ip,
  targets,
  small = false,
}: {
  ip: PublicIp;
  targets: readonly MachineAddress[];
  small?: boolean;
}) {
  return (
    <Action
      small={small}
      label="Link"
      about={ip.PublicIp}
      title={`Link ${ip.PublicIp} to a VM`}
      fields={[
        {
          name: 'PrivateIp',
          label: 'Address of a VM',
          kind: 'select',
          initial: targets[0] === undefined ? '' : choiceOf(targets[0]),
          options: targets.map((it) => ({ value: choiceOf(it), label: targetWords(it) })),
          hint:
            targets.length === 0
              ? 'No VM can be chosen: it takes one in a Net with an internet service, without a public IP of yours.'
              : 'A public address that the VM got at its start gives way to this one.',
        },
      ]}
      plan={({ PrivateIp = '' }) => {
        const [nicId = '', privateIp = ''] = PrivateIp.split('/');
        return standFor(nicId, privateIp, ip.PublicIpId);
      }}
    />
  );
}

/** Has a public IP, a new one or one that is free, stand for this address. */
export function GiveIp({ target, free }: { target: MachineAddress; free: readonly PublicIp[] }) {
  const fields: Field[] = [
    {
      name: 'PublicIpId',
      label: 'Public IP',
      kind: 'select',
      initial: free[0]?.PublicIpId ?? NEW,
      options: withNew(
        'A new one',
        free.map((it) => ({ value: it.PublicIpId, label: `${it.PublicIp} ${labelOf(it.PublicIpId, it)}` })),
      ),
    },
  ];
  return (
    <Action
      small
      label="Link a public IP"
      about={target.privateIp}
      title={`Link a public IP to ${target.privateIp}?`}
      confirm="Link"
      fields={free.length === 0 ? [] : fields}
      plan={({ PublicIpId = NEW }) =>
        standFor(target.nicId, target.privateIp, PublicIpId === NEW ? undefined : PublicIpId)
      }
    >
      It is the address that machines outside see and reach, as far as routes, groups and network ACLs allow
      it.
    </Action>
  );
}

export function UnlinkIp({ ip, link, small = false }: { ip: PublicIp; link: string; small?: boolean }) {
  return (
    <Action
      small={small}
      label="Unlink"
      about={ip.PublicIp}
      title={`Unlink ${ip.PublicIp}?`}
      plan={() => [{ call: 'UnlinkPublicIp', args: { LinkPublicIpId: link } }]}
    >
      Connections by it end. It stays yours.
    </Action>
  );
}

export function ReleaseIp({
  ip,
  small = false,
  onDone,
}: {
  ip: PublicIp;
  small?: boolean;
  onDone?: () => void;
}) {
  return (
    <Action
      small={small}
      danger
      label="Release"
      about={ip.PublicIp}
      title={`Release ${ip.PublicIp}?`}
      plan={() => [{ call: 'DeletePublicIp', args: { PublicIpId: ip.PublicIpId } }]}
      {...(onDone !== undefined && { onDone })}
    >
      {ip.LinkPublicIpId === undefined ? (
        'Somebody else may get it then.'
      ) : (
        <Forbidden>It is refused while it stands for {ip.PrivateIp}. Unlink it first.</Forbidden>
      )}
    </Action>
  );
}

function Forbidden({ children }: { children: ReactNode }) {
  return <p className={classes.warning}>{children}</p>;
}

/** What a public address stands for. */
export function StandsForView({ standsFor }: { standsFor: StandsFor | undefined }) {
  if (standsFor === undefined) {
    return <span className={classes.quiet}>nothing</span>;
  }
  const { vm, nat, nicId, privateIp } = standsFor;
  return (
    <>
      {privateIp} of <ResourceLink id={nat?.NatServiceId ?? vm?.VmId ?? nicId} resource={nat ?? vm} />
    </>
  );
}

/** A public address, which leads to its page where it has one. */
export function AddressLink({ address }: { address: PublicAddress }) {
  return address.allocated === undefined ? (
    <>{address.address}</>
  ) : (
    <Link href={`/public-ips/${address.allocated.PublicIpId}`} className={classes.link}>
      {address.address}
    </Link>
  );
}
