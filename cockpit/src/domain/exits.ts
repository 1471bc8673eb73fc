/** Ways outside: internet services, which Nets have, and public addresses, which stand for those of machines. */
import type { Planned } from '../api/requests.ts';
import type {
  InternetService,
  NatService,
  Net,
  PublicIp,
  RouteTable,
  Subnet,
  Tag,
  Vm,
} from '../api/schema.ts';
import { formatAddress, parseAddress, parseCidr } from './cidr.ts';
import { labelOf } from './names.ts';
import { answerOf } from './plan.ts';

/** Where a route leads that is for everything outside. */
export const EVERYWHERE = '0.0.0.0/0';

/** The internet service that is linked to a Net. */
export function serviceOf(netId: string, services: readonly InternetService[]): InternetService | undefined {
  return services.find((service) => service.NetId === netId);
}

/** The Nets that an internet service could be linked to: a Net has at most one. */
export function netsWithoutService(nets: readonly Net[], services: readonly InternetService[]): Net[] {
  return nets.filter((net) => serviceOf(net.NetId, services) === undefined);
}

/** The calls that give a Net a way outside: with that internet service, or with a new one. */
export function openNet(netId: string, service?: string): Planned[] {
  const InternetServiceId = service ?? answerOf('CreateInternetService', 'InternetServiceId');
  return [
    ...(service === undefined ? [{ call: 'CreateInternetService' as const, args: {} }] : []),
    { call: 'LinkInternetService', args: { InternetServiceId, NetId: netId } },
  ];
}

/** Route tables with a route to an internet service, or to a NAT service. */
export function tablesTo(target: string, tables: readonly RouteTable[]): RouteTable[] {
  return tables.filter((table) =>
    table.Routes.some((route) => route.GatewayId === target || route.NatServiceId === target),
  );
}

/** Whether it is there: a deleted one is shown for a while. */
export function exists(nat: NatService): boolean {
  return nat.State !== 'deleted';
}

/** The Subnets in which a NAT service can be made: those of Nets with an internet service. */
export function subnetsForNat(subnets: readonly Subnet[], services: readonly InternetService[]): Subnet[] {
  return subnets.filter((subnet) => serviceOf(subnet.NetId, services) !== undefined);
}

/** The calls that make a NAT service, for which a public IP stands, or a new one. */
export function makeNat(SubnetId: string, publicIpId?: string): Planned[] {
  const PublicIpId = publicIpId ?? answerOf('CreatePublicIp', 'PublicIpId');
  return [
    ...(publicIpId === undefined ? [{ call: 'CreatePublicIp' as const, args: {} }] : []),
    { call: 'CreateNatService', args: { SubnetId, PublicIpId } },
  ];
}

/** An address of a machine. */
export type MachineAddress = { vm: Vm; netId: string; nicId: string; privateIp: string };

/** What a public address stands for; `vm` is unknown where the NIC is linked to none, and `nat` whose NIC it is, if a NAT service's. */
export type StandsFor = {
  nicId: string;
  privateIp: string;
  vm: Vm | undefined;
  nat?: NatService | undefined;
};

/**
 * A public address: one that the account allocated, with its ids, or one that a machine got at its start and has while it runs,
 * which nobody can link or release.
 */
export type PublicAddress = {
  address: string;
  allocated: PublicIp | undefined;
  standsFor: StandsFor | undefined;
  tags: readonly Tag[];
};

/** All public addresses that an account has, by address. */
export function publicAddresses(
  ips: readonly PublicIp[],
  vms: readonly Vm[],
  nats: readonly NatService[] = [],
): PublicAddress[] {
  const allocated = ips.map((ip) => ({
    address: ip.PublicIp,
    allocated: ip,
    standsFor: standsForOf(ip, vms, nats),
    tags: ip.Tags,
  }));
  return [...allocated, ...machinesOwn(vms)].toSorted(
    (one, other) => (parseAddress(one.address) ?? 0) - (parseAddress(other.address) ?? 0),
  );
}

/** The NAT service for which a public IP stands: as long as it is there, nobody else gets that. */
export function natOf(ip: PublicIp, nats: readonly NatService[]): NatService | undefined {
  return nats.find((nat) => nat.PublicIps.some((it) => it.PublicIpId === ip.PublicIpId));
}

function standsForOf(ip: PublicIp, vms: readonly Vm[], nats: readonly NatService[]): StandsFor | undefined {
  return ip.NicId === undefined || ip.PrivateIp === undefined
    ? undefined
    : {
        nicId: ip.NicId,
        privateIp: ip.PrivateIp,
        vm: vms.find((vm) => vm.VmId === ip.VmId),
        nat: natOf(ip, nats),
      };
}

function machinesOwn(vms: readonly Vm[]): PublicAddress[] {
  return addressesOf(vms).flatMap(({ vm, nicId, privateIp }) => {
    const shown = publicOf(vm, privateIp);
    return shown === undefined || shown.allocated
      ? []
      : {
          address: shown.address,
          allocated: undefined,
          standsFor: { nicId, privateIp, vm },
          tags: [],
        };
  });
}

/** The addresses of machines, NIC by NIC. */
function addressesOf(vms: readonly Vm[]): MachineAddress[] {
  return vms.flatMap((vm) =>
    vm.Nics.flatMap((nic) =>
      nic.PrivateIps.map(({ PrivateIp }) => ({
        vm,
        netId: nic.NetId,
        nicId: nic.NicId,
        privateIp: PrivateIp,
      })),
    ),
  );
}

/** What stands for an address of a machine outside, and whether somebody allocated it. */
export function publicOf(vm: Vm, privateIp: string): { address: string; allocated: boolean } | undefined {
  const shown = vm.Nics.flatMap((nic) => nic.PrivateIps).find(
    (it) => it.PrivateIp === privateIp,
  )?.LinkPublicIp;
  return shown && { address: shown.PublicIp, allocated: shown.PublicIpAccountId !== undefined };
}

/** The addresses that a public IP can be linked to: in a Net with an internet service, and without one that was allocated. */
export function linkable(vms: readonly Vm[], services: readonly InternetService[]): MachineAddress[] {
  return addressesOf(vms).filter(
    ({ vm, netId, privateIp }) =>
      serviceOf(netId, services) !== undefined && publicOf(vm, privateIp)?.allocated !== true,
  );
}

/** Those that stand for an address in that Net: while there are any, its internet service stays. */
export function inNet(netId: string, addresses: readonly PublicAddress[]): PublicAddress[] {
  return addresses.filter(({ standsFor }) =>
    standsFor?.nat === undefined
      ? standsFor?.vm?.Nics.some((nic) => nic.NicId === standsFor.nicId && nic.NetId === netId)
      : standsFor.nat.NetId === netId,
  );
}

/** The calls that have a public IP, or a new one, stand for an address. */
export function standFor(nicId: string, privateIp: string, publicIpId?: string): Planned[] {
  const PublicIpId = publicIpId ?? answerOf('CreatePublicIp', 'PublicIpId');
  return [
    ...(publicIpId === undefined ? [{ call: 'CreatePublicIp' as const, args: {} }] : []),
    { call: 'LinkPublicIp', args: { PublicIpId, NicId: nicId, PrivateIp: privateIp } },
  ];
}

/** An address of a machine, in words. */
export function targetWords({ vm, privateIp }: Pick<MachineAddress, 'vm' | 'privateIp'>): string {
  return `${privateIp} of ${labelOf(vm.VmId, vm)}`;
}

/** What answers outside, and speaks from there: the second address of the Region's public ones, which nobody else gets. */
export function outsideOf(ranges: readonly string[]): string | undefined {
  const range = parseCidr(ranges[0] ?? '');
  return range && formatAddress(range.address + 1);
}
